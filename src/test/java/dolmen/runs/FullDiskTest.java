package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state folder that cannot be written, here since something else lies where its files should be, and can again later. */
@Tag("T53")
class FullDiskTest {
    private static final RunRequest NIGHTLY = RunRequest.of(Operation.BACKUP, Origin.SCHEDULE);

    @TempDir
    Path state;

    private final Clock clock = Clock.systemUTC();
    private final List<Report> told = new ArrayList<>();
    private RunJournal journal;

    @Test
    void a_report_that_cannot_be_written_is_told_and_is_written_later() throws Exception {
        journal = new RunJournal(state, clock, told::add);
        Run run = journal.begin(NIGHTLY);
        Path inTheWay = Files.createDirectory(
                state.resolve("runs").resolve(run.id().text()).resolve("report.txt.part"));
        Path file = Files.createFile(inTheWay.resolve("file"));

        Report ended = journal.end(Report.failure(run, "archive-segments", full(), clock.instant()));

        assertThat(told).containsExactly(ended);
        assertThat(ended.summary()).isEqualTo("cannot write the archive: no space left on device");
        assertThat(ended.details()).anyMatch(line -> line.startsWith("warning: this report could not be kept"));
        assertThat(journal.interrupted())
                .as("it has ended, and holds nothing up")
                .isEmpty();
        Files.delete(file);
        assertThat(journal.interrupted()).isEmpty();
        assertThat(journal.report(run.id())).contains(ended);
    }

    @Test
    void a_run_that_cannot_begin_is_told() throws Exception {
        Files.createFile(state.resolve("runs"));
        journal = new RunJournal(state, clock, told::add);

        Report refused = journal.refuse(NIGHTLY, "take-lock", full());

        assertThat(told).containsExactly(refused);
        assertThat(refused.outcome()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void a_restore_that_owes_to_put_back_and_could_not_write_that_down_still_owes_it() throws Exception {
        journal = new RunJournal(state, clock, told::add);
        Run run = journal.begin(RunRequest.of(Operation.RESTORE, Origin.SCHEDULE));
        Path home = state.resolve("runs").resolve(run.id().text());
        Path file = Files.createFile(
                Files.createDirectory(home.resolve("owed.part")).resolve("file"));
        Path other = Files.createFile(
                Files.createDirectory(home.resolve("report.txt.part")).resolve("file"));
        try {
            journal.owe(run.id());
        } catch (Failed unwritable) {
            assertThat(unwritable).hasMessageContaining("owed");
        }
        journal.end(Report.failure(run, "swap-metadata", full(), clock.instant()));
        Files.delete(file);
        Files.delete(other);

        assertThat(journal.interrupted()).containsExactly(run);
        assertThat(journal.report(run.id())).isPresent();
        assertThat(new RunJournal(state, clock).interrupted())
                .as("by the next process")
                .containsExactly(run);
    }

    private static Failed full() {
        return new Failed("cannot write the archive: no space left on device", "Make room.");
    }
}
