package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of dead letters that remove none. */
class RefusedCopiesTest extends RepeatedRuns {
    @Test
    void a_copy_whose_run_has_no_dead_letter_removes_none() throws Exception {
        byte[] copy = copy(gaveUp(NIGHTLY, FIRST));
        letters.remove(letters.list().get(0));
        Run other = gaveUp(NIGHTLY, FIRST.plusSeconds(60));

        succeeds(take("moved.json", copy));

        assertThat(letters.list()).containsExactly(other.id());
    }

    @Test
    void a_copy_that_asks_for_something_else_removes_nothing() throws Exception {
        RunRequest restore = Restoring.of(Label.at(FIRST)).request();
        Run failed = gaveUp(restore, FIRST);
        String copy = new String(copy(failed));

        succeeds(take("a.json", copy.replace("\"restore\"", "\"backup\"").getBytes()));
        succeeds(take(
                "b.json", copy.replace("20261124-020000\"", "20261123-020000\"").getBytes()));
        assertThat(letters.list()).containsExactly(failed.id());

        succeeds(take("c.json", copy.getBytes()));
        assertThat(letters.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../backup/20261124-020000", "..", "", "/", "backup", "*", "20261124-020000-000-backup/.."})
    void a_hostile_run_in_a_copy_removes_nothing(String run) throws Exception {
        Path backup = Files.createDirectories(home.resolve("backup/20261124-020000"));
        Run failed = gaveUp(NIGHTLY, FIRST);
        byte[] copy = copy(failed);
        givesUp(take(copy));

        String hostile = take(
                "x.json",
                new String(copy)
                        .replace("\"id\" : \"" + failed.id(), "\"id\" : \"" + run)
                        .getBytes());

        assertThatThrownBy(() -> Trigger.read(taken(hostile)))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("cannot read the dead letter");
        assertThat(letters.list()).hasSize(1);
        assertThat(backup).isDirectory();
    }

    @Test
    void a_copy_that_is_exchanged_while_its_run_goes_on_removes_nothing() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        Run other = gaveUp(RunRequest.of(Operation.RESTORE, Origin.COMMAND), FIRST.plusSeconds(60));
        String trigger = take(copy(failed));
        RunRequest asked = Trigger.read(taken(trigger));
        Files.write(taken(trigger), copy(other));

        Run run = Run.begin(asked, now);
        inbox.finish(trigger, Report.success(run, "published", List.of(), now));

        assertThat(letters.list()).containsExactlyInAnyOrder(failed.id(), other.id());
    }
}
