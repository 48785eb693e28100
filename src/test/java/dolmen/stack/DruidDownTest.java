package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.stack.memory.MemoryHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T49")
class DruidDownTest {
    private final MemoryHost host = new MemoryHost();
    private DruidDown down;
    private Duration now = Duration.ZERO;

    @BeforeEach
    void prepare() {
        List.of("postgres", "router", "broker").forEach(host::running);
        StackServices services = new StackServices(host, "postgres", List.of("router", "broker"), "metabase");
        down = new DruidDown(services, () -> now.toNanos());
    }

    @Test
    void while_all_run_there_is_something_to_wait_for() {
        assertThat(down.get()).isEmpty();
    }

    @Test
    void when_none_runs_it_is_known_at_once() {
        host.stopped("router");
        host.stopped("broker");
        assertThat(down.get())
                .hasValueSatisfying(
                        failure -> assertThat(failure).hasMessage("no service of Druid runs: router, broker"));
    }

    @Test
    void one_that_an_engine_starts_again_in_time_is_waited_for() {
        host.stopped("router");
        assertThat(down.get()).isEmpty();
        now = now.plusSeconds(59);
        assertThat(down.get()).isEmpty();
        host.running("router");
        assertThat(down.get()).isEmpty();
        host.stopped("router");
        now = now.plusSeconds(30);
        assertThat(down.get()).isEmpty();
    }

    @Test
    void one_that_has_not_run_for_a_minute_is_named() {
        host.stopped("router");
        assertThat(down.get()).isEmpty();
        now = now.plusSeconds(60);
        assertThat(down.get())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("these services do not run: router"));
    }
}
