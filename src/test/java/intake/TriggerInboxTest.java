package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.archive.Tool;
import dolmen.model.BackupChoice;
import dolmen.model.DeadLetter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TriggerInboxTest extends ServedInbox {
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

    private List<Path> reports(String trigger) {
        return SafeFiles.list(inbox.resolve("failed")).stream()
                .filter(file -> file.toString().endsWith(trigger + ".report.txt"))
                .toList();
    }
}
