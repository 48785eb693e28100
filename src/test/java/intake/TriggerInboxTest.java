package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.archive.Tool;
import dolmen.catalog.Logged;
import dolmen.model.BackupChoice;
import dolmen.model.DeadLetter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.DeadLetters;
import dolmen.runs.Inbox;
import dolmen.settings.IntakeSettings;
import dolmen.settings.Timetable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggerInboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final List<RunRequest> runs = new CopyOnWriteArrayList<>();
    private final CamelContext context = new DefaultCamelContext();
    private Path inbox;
    private DeadLetters letters;

    @BeforeEach
    void an_inbox() {
        letters = new DeadLetters(folder.resolve("dead-letter"));
        inbox = folder.resolve("inbox");
        taking().create();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    @Tag("TR-01")
    void what_is_no_file_of_text_is_refused_and_the_inbox_goes_on() throws Exception {
        Tool.ok(inbox, """
                mkdir folder.restore; mkfifo pipe.restore; ln -s /etc/passwd link.restore; ln -s nowhere loose.restore
                head -c 10M /dev/zero > huge.restore; head -c 100 /dev/urandom > noise.restore
                echo '{"run": null}' > letter.json; touch -d 2020-01-01 huge.restore noise.restore letter.json
                """);
        serve();
        Files.writeString(inbox.resolve("good.verify"), "from=/tmp\n");

        Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 1);
        assertThat(runs.get(0).backup()).isEqualTo(BackupChoice.in("/tmp"));
        for (String refused : List.of("link.restore", "huge.restore", "noise.restore", "letter.json")) {
            Awaitility.await().atMost(LIMIT).until(() -> reports(refused).size() == 1);
            assertThat(Files.readString(reports(refused).get(0)))
                    .startsWith("USAGE")
                    .contains("HINT:")
                    .doesNotContain("root:");
        }
        assertThat(SafeFiles.list(inbox))
                .extracting(path -> path.getFileName().toString())
                .contains("folder.restore", "loose.restore", "pipe.restore");
        assertThat(runs).hasSize(1);
    }

    @Test
    @Tag("T33")
    void a_trigger_that_is_dated_in_the_future_is_said_once_and_holds_up_no_other() throws Exception {
        Tool.ok(inbox, "touch -d '+2 hours' later.restore; touch -d 2020-01-01 past.restore");
        try (Logged said = new Logged("intake.OrdinaryFiles")) {
            serve();
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 1);
            Files.writeString(inbox.resolve("good.verify"), "from=/tmp\n");
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 2);
            assertThat(said.lines())
                    .singleElement()
                    .asString()
                    .startsWith("later.restore in the inbox is dated ")
                    .contains("waits until then", "HINT: `touch` it");
        }
        Tool.ok(inbox, "touch -d 2020-01-01 later.restore");
        Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 3);
    }

    @Test
    @Tag("TR-05")
    @Needs(Need.MOUNT)
    void a_trigger_that_cannot_be_taken_begins_no_run() throws Exception {
        Tool.ok(folder, "mount -t tmpfs -o size=1m none inbox");
        try {
            taking().create();
            Files.createFile(inbox.resolve("again.restore"));
            Tool.ok(folder, "mount -o remount,ro inbox");
            serve();
            Awaitility.await().atMost(LIMIT).during(Duration.ofSeconds(5)).until(() -> runs.isEmpty());
            Tool.ok(folder, "mount -o remount,rw inbox");
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 1);
        } finally {
            context.stop();
            Tool.ok(folder, "umount inbox");
        }
    }

    @Test
    @Tag("TR-01")
    void a_trigger_that_is_still_written_does_not_hold_up_the_others() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            while (going.get()) {
                append(inbox.resolve("slow.verify"), "# and on");
            }
        });
        writer.start();
        try {
            serve();
            for (int i = 0; i < 8; i++) {
                Files.writeString(inbox.resolve(i + ".verify"), "from=/tmp\n");
            }
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 8);
            assertThat(inbox.resolve("slow.verify")).exists();
        } finally {
            going.set(false);
            writer.join();
        }
        Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 9);
    }

    @Test
    void a_dead_letter_goes_when_its_copy_was_repeated_with_success() throws Exception {
        Run failed = Run.begin(RunRequest.of(Operation.BACKUP, Origin.SCHEDULE), Instant.parse("2026-11-24T02:00:00Z"));
        Path letter = letters.keep(new DeadLetter(failed, Optional.empty(), 1, "failure", "hint", Map.of()));
        Files.copy(letter, inbox.resolve(letter.getFileName()));
        serve();

        Awaitility.await().atMost(LIMIT).until(() -> letters.list().isEmpty());

        assertThat(runs)
                .singleElement()
                .satisfies(run -> assertThat(run.origin()).isEqualTo(Origin.RETRY));
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> SafeFiles.list(inbox.resolve("done")).size() == 3);
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Awaitility.await().pollDelay(Duration.ofMillis(40)).until(() -> true);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void serve() throws Exception {
        IntakeSettings intake =
                new IntakeSettings(new Timetable(Map.of()), Duration.ofMillis(200), Duration.ofSeconds(1), false);
        Clock clock = Clock.systemUTC();
        context.addRoutes(new TriggerInbox(
                taking(),
                intake,
                request -> {
                    runs.add(request);
                    return Report.success(Run.begin(request, clock.instant()), "did it", List.of(), clock.instant());
                },
                clock));
        context.start();
    }

    private Inbox taking() {
        return new Inbox(inbox, letters);
    }

    private List<Path> reports(String trigger) {
        return SafeFiles.list(inbox.resolve("failed")).stream()
                .filter(file -> file.toString().endsWith(trigger + ".report.txt"))
                .toList();
    }
}
