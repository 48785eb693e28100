package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.runs.DeadLetters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the next start makes of an undo that was killed, or that gave up. */
class KilledUndoTest extends RestoredStack {
    @Test
    void a_killed_undo_that_had_changed_nothing_is_over() {
        Run undo = begun("check-undo");

        assertThat(dolmen.recover()).containsExactly(undo.id() + ": interrupted: the process ended");
        assertRestored();
        assertThat(copies.newest()).contains(restored.mark());
    }

    @Test
    void a_killed_undo_is_finished_by_the_next_start() throws Exception {
        Run undo = begun("check-undo", "swap-back");
        stack.ledger.stopForRun(undo.mark(), "historical");
        stack.ledger.stopForRun(undo.mark(), "coordinator");
        RunMark mark = restored.mark();
        stack.metadata.swapBack(mark);

        assertThat(dolmen.recover()).singleElement().asString().startsWith(undo.id() + ": finished, undid");

        assertUndone();
        assertThat(journal.report(undo.id()).orElseThrow().succeeded()).isTrue();
        assertThat(journal.interrupted()).isEmpty();
    }

    @Test
    void an_undo_killed_after_the_drop_is_finished_without_stopping_anything() throws Exception {
        assertThat(dolmen.run(undo(restored.id().text())).outcome()).isEqualTo(ExitCode.OK);
        Run undo = begun("check-undo", "swap-back", "drop-undone");
        stack.host.stop("historical");

        assertThat(dolmen.recover()).singleElement().asString().startsWith(undo.id() + ": finished, undid");

        assertThat(stack.host.find("historical").orElseThrow().running()).isFalse();
        assertThat(stack.host.find("coordinator").orElseThrow().running()).isTrue();
    }

    @Test
    void an_undo_that_gave_up_half_way_lets_no_service_run_and_is_finished_later() throws Exception {
        DeadLetters deadLetters = new DeadLetters(home.resolve("dead-letter"));
        Path inTheWay = stack.shared.resolve(".dolmen-old-" + restored.mark() + "/.dolmen-stray");
        Files.createFile(inTheWay);
        Report failed = dolmen.run(undo(restored.id().text()));
        assertThat(failed.failedStep()).as(failed.summary()).contains("swap-back");
        assertThat(wiki())
                .as("the metadata was put back before the files failed")
                .isEqualTo("0");
        assertThat(journal.interrupted()).hasSize(1);
        assertThat(copies.newest()).contains(restored.mark());
        assertThat(deadLetters.list()).containsExactly(failed.run().id());
        assertThat(stack.host.find("historical").orElseThrow().running()).isFalse();
        assertThat(stack.host.find("coordinator").orElseThrow().running()).isFalse();

        Files.delete(stack.shared.resolve(".dolmen-out-" + restored.mark() + "/.dolmen-stray"));
        assertThat(dolmen.recover()).singleElement().asString().contains("finished, undid");

        assertUndone();
        assertThat(deadLetters.list()).isEmpty();
        assertThat(journal.interrupted()).isEmpty();
    }

    private Run begun(String... steps) {
        Run undo = Run.begin(undo(restored.id().text()), Instant.now());
        journal.begin(undo);
        for (String step : steps) {
            journal.beginStep(undo.id(), step, Optional.empty());
        }
        return undo;
    }
}
