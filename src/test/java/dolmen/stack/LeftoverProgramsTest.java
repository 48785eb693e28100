package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.docker.DockerFixture;
import dolmen.stack.docker.DockerHost;
import dolmen.stack.local.LocalHost;
import dolmen.stack.local.LocalSettings;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that a killed Dolmen started are found by their mark, on this machine and in a container. */
@Tag("T7")
@Needs(Need.ENGINE)
class LeftoverProgramsTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void T7_on_this_machine_what_a_killed_run_left_is_ended_and_nothing_else() throws Exception {
        LocalHost ours = local("ours", true);
        start("4741", ours, () -> runsHere("4741"));
        start("4742", local("others", true), () -> runsHere("4742"));
        start("4743", local("ours", false), () -> runsHere("4743"));
        ours.start("router");

        assertThat(ours.endPrograms("postgres"))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("ended what an earlier run had started: "));

        assertThat(runsHere("4741")).isFalse();
        assertThat(runsHere("4742")).as("what another Dolmen started").isTrue();
        assertThat(runsHere("4743")).as("what only looks").isTrue();
        assertThat(runsHere("4744")).as("a service that was started").isTrue();
        assertThat(ours.endPrograms("postgres")).isEmpty();
        ProcessHandle.allProcesses()
                .filter(each -> line(each).matches(".*sleep 474[234]"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void T7_in_a_container_what_a_killed_run_left_is_ended_and_what_it_put_there_is_removed() throws Exception {
        String name = DockerFixture.name("leftovers");
        try (DockerFixture docker = DockerFixture.open()) {
            docker.idle(name);
            DockerHost ours = docker.host("ours");
            DockerHost others = docker.host("others");
            CompletableFuture<Boolean> ended = start(name, "4731", ours, () -> runsIn(name, others, "4731"));
            start(name, "4732", others, () -> runsIn(name, others, "4732"));
            shell(name, others, "mkdir /tmp/dolmen-put-ours-1 /tmp/dolmen-put-others-1");

            assertThat(ours.endPrograms(name))
                    .singleElement()
                    .asString()
                    .startsWith("ended what an earlier run had started in " + name);

            assertThat(runsIn(name, others, "4731")).isFalse();
            assertThat(runsIn(name, others, "4732")).isTrue();
            assertThat(shell(name, others, "ls /tmp")).isEqualTo("dolmen-put-others-1\n");
            assertThat(ours.endPrograms(name)).isEmpty();
            assertThat(ended.get(1, TimeUnit.MINUTES)).isTrue();
            docker.client().stopContainerCmd(name).withTimeout(1).exec();
            assertThat(ours.endPrograms(name))
                    .as("a container that does not run")
                    .isEmpty();
        }
    }

    /** A start command leaves a service running. */
    private static LocalHost local(String owner, boolean changes) {
        return new LocalHost(
                LocalSettings.of(LIMIT, "sleep 4744 > /dev/null 2>&1 &", "true", null),
                new Mark(() -> owner, () -> changes, Mark.NONE.temporary()));
    }

    private static void start(String seconds, Host host, BooleanSupplier runs) {
        start("postgres", seconds, host, runs);
    }

    /** True once the call has come to an end, however. */
    private static CompletableFuture<Boolean> start(String service, String seconds, Host host, BooleanSupplier runs) {
        CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(() -> host.run(
                service,
                Command.of(LIMIT, "sh", "-c", "sleep " + seconds + " & wait"),
                OutputStream.nullOutputStream()));
        await().atMost(LIMIT).until(runs::getAsBoolean);
        return run.handle((outcome, failure) -> true);
    }

    private static boolean runsHere(String seconds) {
        return ProcessHandle.allProcesses().anyMatch(each -> line(each).matches(".*sleep " + seconds));
    }

    private static String line(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    private static boolean runsIn(String container, Host host, String seconds) {
        return shell(container, host, "ps").lines().anyMatch(line -> line.endsWith(" sleep " + seconds));
    }

    private static String shell(String container, Host host, String script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        host.run(container, Command.of(LIMIT, "sh", "-c", script), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
