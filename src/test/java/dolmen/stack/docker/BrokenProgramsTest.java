package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.Command;
import dolmen.stack.Outcome;
import dolmen.stack.Tail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs in containers that hang, and what they lose while they run. */
@Needs(Need.ENGINE)
class BrokenProgramsTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static DockerFixture docker;
    private static DockerHost host;
    private static final String NAME = DockerFixture.name("programs");

    @BeforeAll
    static void start() throws Exception {
        docker = DockerFixture.open();
        host = docker.host();
        docker.idle(NAME);
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    @Tag("DK-10")
    void a_flood_on_stderr_does_not_hang_and_its_end_is_kept() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome outcome = host.run(
                NAME,
                Command.of(LIMIT, "sh", "-c", "yes 'pg_dump: reading' | head -c 1048576 >&2; echo last >&2; echo done"),
                out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
        assertThat(outcome.stderr()).endsWith("last").hasSizeLessThanOrEqualTo(Tail.LIMIT);
    }

    @Test
    @Tag("DK-08")
    void a_program_that_outlives_its_limit_is_ended_in_the_container() {
        Command command = Command.of(Duration.ofSeconds(2), "sh", "-c", "sleep 4711 & sleep 4712");
        assertThatThrownBy(() -> host.run(NAME, command, OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("within 2 s");
        assertThat(shell("ps -o args")).doesNotContain("sleep 4711", "sleep 4712");
    }

    @Test
    @Tag("DK-08")
    void a_program_that_ignores_signals_is_killed_all_the_same() {
        Command command = Command.of(Duration.ofSeconds(1), "sh", "-c", "trap '' TERM; while :; do sleep 4713; done");
        assertThatThrownBy(() -> host.run(NAME, command, OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class);
        assertThat(shell("ps -o args")).doesNotContain("sleep 4713");
    }

    @Test
    void a_reader_that_fails_ends_the_program_and_the_run() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> host.run(NAME, Command.of(LIMIT, "yes", "marker-4714"), full))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("No space left on device");
        await().atMost(Duration.ofSeconds(10)).until(() -> !shell("ps -o args").contains("yes marker-4714"));
    }

    @Test
    @Tag("DK-09")
    void a_connection_that_is_cut_is_unavailable_and_never_a_short_success() throws Exception {
        for (boolean reset : List.of(true, false)) {
            try (CutProxy proxy = new CutProxy(400_000, reset);
                    DockerFixture cut = DockerFixture.through(proxy.address())) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                // The program ends at once, with status 0: only the missing end of its output tells.
                Command command = Command.of(LIMIT, "sh", "-c", "head -c 420000 /dev/zero");
                assertThatThrownBy(() -> cut.host().run(NAME, command, out))
                        .isInstanceOf(StepFailure.Unavailable.class);
            }
        }
    }

    @Test
    void a_container_that_stops_meanwhile_is_unavailable() throws Exception {
        String name = DockerFixture.name("stops");
        docker.idle(name);
        Thread killer = new Thread(() -> {
            await().until(() -> shellIn(name, "ps -o args").contains("sleep 4715"));
            docker.client().killContainerCmd(name).exec();
        });
        killer.start();
        assertThatThrownBy(() -> host.run(name, Command.of(LIMIT, "sleep", "4715"), OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Unavailable.class);
        killer.join();
    }

    @Test
    @Tag("DK-12")
    void a_stopped_or_paused_container_is_told() {
        String name = DockerFixture.name("states");
        docker.idle(name);
        docker.client().pauseContainerCmd(name).exec();
        assertThatThrownBy(() -> host.run(name, Command.of(LIMIT, "true"), OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("paused");
        docker.client().unpauseContainerCmd(name).exec();
        host.stop(name);
        assertThatThrownBy(() -> host.run(name, Command.of(LIMIT, "true"), OutputStream.nullOutputStream()))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("not running");
    }

    private static String shell(String script) {
        return shellIn(NAME, script);
    }

    private static String shellIn(String name, String script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome outcome = host.run(name, Command.of(LIMIT, "sh", "-c", script), out);
        assertThat(outcome.exitStatus()).as(outcome.stderr()).isZero();
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
