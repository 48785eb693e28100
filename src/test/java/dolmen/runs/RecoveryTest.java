package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Catalog;
import dolmen.model.Milestone;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recovery does with a restore that a killed process left, by what stands in its journal. */
class RecoveryTest {
    @TempDir
    Path state;

    private final Clock clock = Clock.systemUTC();
    private final List<String> done = new ArrayList<>();
    private RunJournal journal;
    private Run restore;

    @BeforeEach
    void a_restore_that_was_verified() {
        journal = new RunJournal(state, clock);
        restore = journal.begin(RunRequest.of(Operation.RESTORE, Origin.COMMAND));
        step("swap-segments", Optional.of(Milestone.SEGMENTS_SWAPPED));
        journal.endStep(restore.id(), "swap-segments", Optional.empty());
        step("verify-restore", Optional.of(Milestone.VERIFIED));
    }

    @Test
    void a_restore_killed_while_it_is_verified_is_put_back() {
        recover();

        assertThat(done).containsExactly("put back");
    }

    @Test
    void a_restore_killed_after_it_was_verified_stands() {
        journal.endStep(restore.id(), "verify-restore", Optional.empty());

        recover();

        assertThat(done).containsExactly("kept");
    }

    /** Half of it has its old name again: it must go on the way back. */
    @Test
    void a_verified_restore_killed_while_it_was_put_back_is_put_back() {
        journal.endStep(restore.id(), "verify-restore", Optional.empty());
        step("put-back-restore", Optional.of(Milestone.TURNED_BACK));

        recover();

        assertThat(done).containsExactly("put back");
        assertThat(journal.report(restore.id()).orElseThrow().succeeded()).isFalse();
    }

    @Test
    void a_restore_that_failed_at_its_very_end_is_ended_forward() {
        journal.endStep(restore.id(), "verify-restore", Optional.empty());
        step("keep-safety-copy", Optional.of(Milestone.KEPT));
        journal.owe(restore.id());
        journal.end(Report.failure(restore, "keep-safety-copy", new IllegalStateException("broken"), clock.instant()));

        assertThat(recover()).containsExactly(restore.id() + ": it stands, and is at its end now");
        assertThat(done).containsExactly("kept");
        assertThat(journal.interrupted()).isEmpty();
    }

    @Test
    void a_journal_without_milestones_is_read_by_the_names_of_its_steps() throws Exception {
        Path steps = state.resolve("runs").resolve(restore.id().text()).resolve("steps.json");
        Files.writeString(steps, """
                [ { "step" : "unpack-segments", "begun" : "2026-11-24T02:00:00Z", "ended" : "2026-11-24T02:00:01Z", "failure" : null },
                  { "step" : "swap-segments", "begun" : "2026-11-24T02:00:02Z", "ended" : null, "failure" : null } ]
                """);

        assertThat(journal.position(restore.id())).isEqualTo(new RunPosition(Milestone.SEGMENTS_SWAPPED, false));
    }

    private void step(String name, Optional<Milestone> milestone) {
        journal.beginStep(restore.id(), name, milestone);
    }

    private List<String> recover() {
        Endings endings = new Endings() {
            @Override
            public void putBack(Run run) {
                done.add("put back");
            }

            @Override
            public void keepSafetyCopy(Run run) {
                done.add("kept");
            }

            @Override
            public Report goOn(Run run) {
                throw new AssertionError("no undo is to be finished");
            }

            @Override
            public List<String> endEarlierRuns() {
                return List.of();
            }

            @Override
            public void servicesAsBeforeBut(Set<RunMark> marks) {}
        };
        Inbox inbox = new Inbox(state.resolve("inbox"), new DeadLetters(state.resolve("dead-letter")));
        Catalog catalog = new Catalog(state.resolve("backup"), Optional.empty());
        return new Recovery(journal, inbox, catalog, endings, new Scratch(state), clock).runs();
    }
}
