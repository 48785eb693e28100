package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.ExitCode;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.StepFailure.Failed;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What becomes of a dead letter when a copy of it was dropped into the inbox. */
class InboxTest extends RepeatedRuns {
    @Test
    void a_repetition_that_succeeds_removes_its_dead_letter_and_no_other() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        Run other = gaveUp(NIGHTLY, FIRST.plusSeconds(86_400));

        succeeds(take(copy(failed)));

        assertThat(letters.list()).containsExactly(other.id());
        assertThat(SafeFiles.list(home.resolve("inbox/done"))).hasSize(3);
    }

    @Test
    void repetitions_that_give_up_leave_one_dead_letter_that_of_the_newest() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        byte[] copy = copy(failed);
        String name = failed.id() + ".json";
        for (int round = 0; round < 3; round++) {
            String trigger = take(name, copy);
            RunId run = givesUp(trigger).id();
            assertThat(letters.list()).containsExactly(run);
            name = trigger;
        }
        succeeds(take(name, copy));
        assertThat(letters.list()).isEmpty();
    }

    @Test
    void a_dead_letter_of_a_repetition_is_repeated_as_any_other() throws Exception {
        Run again = givesUp(take(copy(gaveUp(NIGHTLY, FIRST))));

        succeeds(take(again.id() + ".json", copy(again)));

        assertThat(letters.list()).isEmpty();
    }

    @Test
    void a_repetition_that_never_began_leaves_the_dead_letter() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);

        fails(take(copy(failed)));

        assertThat(letters.list()).containsExactly(failed.id());
    }

    @Test
    void a_dead_letter_that_cannot_be_read_stays_and_hinders_nothing() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        RunId broken = gaveUp(NIGHTLY, FIRST.plusSeconds(60)).id();
        Files.writeString(home.resolve("dead-letter").resolve(broken.text()).resolve(broken + ".json"), "{");

        succeeds(take(copy(failed)));

        assertThat(letters.list()).containsExactly(broken);
    }

    private void fails(String trigger) {
        Run run = Run.begin(Trigger.read(taken(trigger)), now);
        Report report = Report.failure(run, "take-lock", new Failed("another run is going on", "Wait."), now);
        assertThat(report.outcome()).isEqualTo(ExitCode.FAILED);
        inbox.finish(trigger, report);
    }
}
