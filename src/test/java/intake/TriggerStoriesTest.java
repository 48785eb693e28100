package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Locked;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import dolmen.stories.DolmenCommand;
import dolmen.stories.EndedTriggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inbox of a real {@code dolmen run}, with no stack in reach: what is taken, refused, left alone, and never lost. */
class TriggerStoriesTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path GOOD =
            Path.of("src/test/resources/backups/script-backup").toAbsolutePath();

    @TempDir
    Path home;

    private DolmenCommand dolmen;
    private Path inbox;
    private Process served;

    @BeforeEach
    void an_inbox() {
        dolmen = new DolmenCommand(home).with("dolmen.stack.kind", "local").with("dolmen.inbox.poll", "0.2s");
        inbox = SafeFiles.folder(home.resolve("inbox"));
    }

    @AfterEach
    void ends() throws InterruptedException {
        if (served != null) {
            served.destroyForcibly().waitFor();
        }
    }

    @Test
    @Tag("TR-05")
    void a_trigger_is_run_once_and_its_report_lies_beside_it() throws Exception {
        serve();
        Files.writeString(inbox.resolve("good.verify"), "from=" + GOOD + "\n");
        Path report = report("good.verify");
        assertThat(report.getParent().getFileName()).hasToString("done");
        assertThat(Files.readString(report)).startsWith("OK").contains("12 used, all held");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> names("done").stream().anyMatch(name -> name.endsWith("good.verify")));
        nothingIsTaken();
        assertThat(reports()).hasSize(1);
    }

    @Test
    void a_bad_trigger_is_refused_with_a_report_and_the_next_one_is_still_run() throws Exception {
        serve();
        Files.writeString(inbox.resolve("bad.restore"), "bakup=20261124-020000\n");
        assertThat(Files.readString(report("bad.restore")))
                .startsWith("USAGE")
                .contains("bakup=20261124-020000")
                .contains("HINT:");
        Files.createFile(inbox.resolve("nothing-there.restore"));
        assertThat(Files.readString(report("nothing-there.restore"))).startsWith("NOTHING TO RESTORE");
    }

    @Test
    @Tag("TR-01")
    void a_half_written_trigger_and_other_names_are_left_alone() throws Exception {
        serve();
        Files.writeString(inbox.resolve("copying.restore.part"), "backup=");
        Files.writeString(inbox.resolve(".hidden.restore"), "");
        Path slow = Files.writeString(inbox.resolve("slow.verify"), "from=");
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(inbox.resolve("slow.verify.camelLock")));
        Files.writeString(slow, GOOD.toString(), StandardOpenOption.APPEND);
        assertThat(Files.readString(report("slow.verify"))).startsWith("OK");
        assertThat(inbox.resolve("copying.restore.part")).exists();
        assertThat(inbox.resolve(".hidden.restore")).exists();
        assertThat(reports()).hasSize(1);
    }

    @Test
    void a_trigger_that_a_killed_process_had_taken_but_not_begun_is_run_by_the_next_one() throws Exception {
        Path running = SafeFiles.folder(inbox.resolve("running"));
        Files.writeString(running.resolve("20261124-020000-000-taken.verify"), "from=" + GOOD + "\n");
        serve();
        assertThat(Files.readString(report("taken.verify"))).startsWith("OK");
        assertThat(reports()).hasSize(1);
    }

    private static RunRequest restore(String trigger) {
        return new RunRequest(
                Operation.RESTORE,
                Origin.TRIGGER,
                Optional.of(trigger),
                Restoring.newest().options());
    }

    @Test
    @Tag("TR-05")
    void a_trigger_whose_run_was_killed_is_not_run_again_and_gets_its_report() throws Exception {
        String name = "20261124-020000-000-killed.restore";
        Files.createFile(SafeFiles.folder(inbox.resolve("running")).resolve(name));
        RunRequest request = restore(name);
        RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        Run run = Run.begin(request, Clock.systemUTC().instant());
        journal.begin(run);
        journal.beginStep(run.id(), "select-backup", Optional.empty());
        serve();
        assertThat(Files.readString(report("killed.restore")))
                .startsWith("FAILED")
                .contains("interrupted");
        assertThat(reports()).hasSize(1);
        nothingIsTaken();
        assertThat(journal.interrupted()).isEmpty();
    }

    @Test
    @Tag("TR-05")
    void a_killed_trigger_ends_with_its_run_when_another_run_kept_it_from_being_ended_at_the_start() throws Exception {
        String name = "20261124-020000-000-killed.restore";
        Files.createFile(SafeFiles.folder(inbox.resolve("running")).resolve(name));
        RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        journal.begin(restore(name));
        try (RunLock held = RunLock.take(home.resolve("state"), "the-long-run")) {
            assertThat(held).isNotNull();
            serve();
            assertThat(log()).contains("did not recover");
            assertThat(names("running")).containsExactly(name);
        }
        Files.createFile(inbox.resolve("next.backup"));

        assertThat(Files.readString(report("killed.restore"))).contains("interrupted");
        assertThat(Files.readString(report("next.backup"))).startsWith("USAGE");
        assertThat(reports()).hasSize(2);
        nothingIsTaken();
    }

    @Test
    void a_scheduled_backup_skips_while_another_run_goes_on_and_says_so() throws Exception {
        dolmen = dolmen.with("dolmen.schedule.full", "0/2 * * * * ?").with("dolmen.retry.attempts", "1");
        RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        serve();
        RunLock held = Awaitility.await()
                .atMost(LIMIT)
                .ignoreException(Locked.class)
                .until(() -> RunLock.take(home.resolve("state"), "the-long-run"), lock -> lock != null);
        Awaitility.await().atMost(LIMIT).until(() -> log().contains("another run is going on: the-long-run"));
        int before = journal.reports().size();
        held.close();
        Awaitility.await().atMost(LIMIT).until(() -> journal.reports().size() > before);
        assertThat(journal.reports()).allMatch(report -> report.run().request().origin() == Origin.SCHEDULE);
    }

    private void serve() throws Exception {
        served = dolmen.serve();
        Awaitility.await().atMost(LIMIT).until(() -> {
            assertThat(served.isAlive()).as(() -> log()).isTrue();
            return log().contains("dolmen is up");
        });
    }

    private String log() {
        try {
            return Files.readString(home.resolve("serve.log"));
        } catch (IOException none) {
            return "";
        }
    }

    private Path report(String trigger) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        !EndedTriggers.ending(inbox, trigger + ".report.txt").isEmpty());
        return EndedTriggers.ending(inbox, trigger + ".report.txt").get(0);
    }

    /** The trigger is moved a moment after its report was written. */
    private void nothingIsTaken() {
        Awaitility.await().atMost(LIMIT).until(() -> names("running").isEmpty());
    }

    private List<Path> reports() {
        return EndedTriggers.ending(inbox, ".report.txt");
    }

    private List<String> names(String folder) {
        return SafeFiles.list(inbox.resolve(folder)).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
