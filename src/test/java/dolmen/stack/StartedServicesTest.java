package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import dolmen.stack.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T49")
class StartedServicesTest {
    @TempDir
    Path state;

    private final MemoryHost host = new MemoryHost();
    private StartedServices started;

    @BeforeEach
    void prepare() {
        started = new StartedServices(host, state);
    }

    @Test
    void what_was_down_is_stopped_again_last_started_first() {
        host.stopped("router");
        host.stopped("broker");
        assertThat(started.startForRun(new RunMark("run-1"), "broker")).isTrue();
        assertThat(started.startForRun(new RunMark("run-1"), "router")).isTrue();
        started.stopAll(new RunMark("run-1"));
        assertThat(host.calls).containsExactly("start broker", "start router", "stop router", "stop broker");
        assertThat(started.listed()).isEmpty();
    }

    @Test
    void what_runs_and_what_does_not_exist_is_not_touched() {
        host.running("router");
        assertThat(started.startForRun(new RunMark("run-1"), "router")).isFalse();
        assertThat(started.startForRun(new RunMark("run-1"), "nowhere")).isFalse();
        started.stopAll(new RunMark("run-1"));
        assertThat(host.calls).isEmpty();
    }

    @Test
    void what_may_stay_up_is_never_stopped() {
        host.stopped("router");
        started.startForRun(new RunMark("run-1"), "router");
        started.keepAll(new RunMark("run-1"));
        started.stopAll(new RunMark("run-1"));
        started.stopAllOfOthers(Set.of());
        assertThat(host.calls).containsExactly("start router");
    }

    @Test
    void a_run_that_is_not_at_its_end_keeps_what_it_started() {
        host.stopped("router");
        host.stopped("broker");
        started.startForRun(new RunMark("half"), "router");
        started.startForRun(new RunMark("ended"), "broker");
        started.stopAllOfOthers(Set.of(new RunMark("half")));
        assertThat(started.listed()).extracting(StartedService::service).containsExactly("router");
        assertThat(host.calls).endsWith("stop broker");
    }

    @Test
    void the_one_that_the_rest_needs_is_stopped_later() {
        host.stopped("postgres");
        host.stopped("router");
        started.startForRun(new RunMark("run-1"), "postgres");
        started.startForRun(new RunMark("run-1"), "router");
        started.stopAllBut(new RunMark("run-1"), "postgres");
        assertThat(started.listed()).extracting(StartedService::service).containsExactly("postgres");
        started.stopAll(new RunMark("run-1"));
        assertThat(host.calls).endsWith("stop router", "stop postgres");
    }

    @Test
    void a_start_that_fails_stays_listed_since_it_may_have_begun() {
        host.stopped("router");
        host.failing.add("router");
        assertThatThrownBy(() -> started.startForRun(new RunMark("run-1"), "router"))
                .hasMessage("router is paused");
        assertThat(started.listed()).hasSize(1);
    }

    @Test
    void what_cannot_be_stopped_stays_listed_and_the_others_are_stopped() {
        for (String service : List.of("a", "b", "c")) {
            host.stopped(service);
            started.startForRun(new RunMark("run-1"), service);
        }
        host.failing.addAll(List.of("a", "b"));
        assertThatThrownBy(() -> started.stopAll(new RunMark("run-1")))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessage("b is paused")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(started.listed()).extracting(StartedService::service).containsExactly("a", "b");
    }

    @Test
    void a_bug_while_one_is_stopped_keeps_no_other_from_being_stopped() {
        for (String service : List.of("a", "b")) {
            host.stopped(service);
            started.startForRun(new RunMark("run-1"), service);
        }
        host.before = call -> {
            if (call.equals("stop b")) {
                throw new IllegalStateException("a bug");
            }
        };
        assertThatThrownBy(() -> started.stopAll(new RunMark("run-1"))).hasMessage("a bug");
        assertThat(host.calls).endsWith("stop b", "stop a");
        assertThat(started.listed()).extracting(StartedService::service).containsExactly("b");
    }

    @Test
    void a_ledger_that_cannot_be_written_starts_nothing() {
        host.stopped("router");
        StartedServices nowhere = new StartedServices(host, state.resolve("missing"));
        assertThatThrownBy(() -> nowhere.startForRun(new RunMark("run-1"), "router"))
                .isInstanceOf(StepFailure.Failed.class);
        assertThat(host.calls).isEmpty();
    }

    @Test
    void a_damaged_ledger_is_told_and_never_overwritten() throws IOException {
        Path ledger = Files.writeString(state.resolve("started-services.json"), "[{\"run\":");
        host.stopped("router");
        assertThatThrownBy(() -> started.startForRun(new RunMark("run-1"), "router"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("started-services.json");
        assertThat(ledger).hasContent("[{\"run\":");
        assertThat(host.calls).isEmpty();
    }
}
