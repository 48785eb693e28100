package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Triggers of a process that was killed. */
class KilledTriggersTest extends TriggerStory {
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
}
