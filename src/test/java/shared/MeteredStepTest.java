package shared;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.progress.Display;
import dolmen.progress.RunProgress;
import dolmen.progress.StepProgress;
import dolmen.runs.RunJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that counts bytes, in a run whose progress is shown. */
class MeteredStepTest implements Display {
    @TempDir
    Path state;

    private final CamelContext context = new DefaultCamelContext();
    private final Queue<StepProgress> shown = new ConcurrentLinkedQueue<>();
    private final List<Meter> meters = new ArrayList<>();
    private RunProgress progress;

    @BeforeEach
    void a_step() throws Exception {
        progress = new RunProgress(state, Clock.systemUTC(), this);
        StepJournal steps = new StepJournal(new RunJournal(state, Clock.systemUTC()), progress);
        context.addRoutePolicyFactory(steps);
        context.addRoutes(new StepTemplate());
        context.addRoutes(StepRoute.step("count", String.class, new Count()));
        context.start();
    }

    /** Counts on a thread that knows nothing of the run, until somebody has seen it. */
    private final class Count implements MeteredStep<String, String> {
        @Override
        public String run(String given, Meter meter) {
            meters.add(meter);
            if (meter != Meter.NONE) {
                CompletableFuture.runAsync(() -> meter.add(7)).join();
                Awaitility.await().until(() -> shown.stream().anyMatch(reading -> reading.done() == 7));
            }
            return given + "!";
        }
    }

    @Override
    public void show(StepProgress reading) {
        shown.add(reading);
    }

    @Override
    public void clear() {}

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void what_any_thread_counts_for_a_step_is_shown_as_the_progress_of_this_step() {
        assertThat(duringRun()).isEqualTo("a!");
        assertThat(shown).extracting(StepProgress::step).containsOnly("count");
    }

    @Test
    void each_attempt_begins_to_count_anew() {
        duringRun();
        shown.clear();
        duringRun();
        assertThat(meters).hasSize(2).doesNotHaveDuplicates();
        assertThat(shown).extracting(StepProgress::done).allMatch(done -> done <= 7);
    }

    @Test
    void where_no_progress_is_shown_nothing_is_counted() {
        assertThat(send()).isEqualTo("a!");
        assertThat(meters).containsExactly(Meter.NONE);
    }

    private String duringRun() {
        Run run = Run.begin(
                RunRequest.of(Operation.BACKUP, Origin.COMMAND),
                Clock.systemUTC().instant());
        return progress.during(run.id(), false, this::send);
    }

    private String send() {
        return context.createProducerTemplate().requestBody("direct:count", "a", String.class);
    }
}
