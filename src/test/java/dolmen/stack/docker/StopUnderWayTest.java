package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dolmen.model.RunMark;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.Command;
import dolmen.stack.StoppedServices;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine goes on with a stop that it was asked for, also when the process that asked was killed. */
@Needs(Need.ENGINE)
class StopUnderWayTest {
    @TempDir
    Path state;

    @Test
    @Tag("DK-11")
    void a_service_whose_stop_outlives_the_killed_run_is_up_after_the_recovery() throws Exception {
        String name = DockerFixture.name("slow");
        try (DockerFixture docker = DockerFixture.open()) {
            docker.idle(
                    name,
                    create -> create.withCmd(
                            "/bin/sh",
                            "-c",
                            "trap 'touch /tmp/asked; sleep 4; exit 0' TERM; while :; do sleep 3600 & wait $!; done"));
            DockerHost host = docker.host();
            StoppedServices killed = new StoppedServices(host, state);
            CompletableFuture<?> stop = CompletableFuture.runAsync(() -> killed.stopForRun(new RunMark("run-1"), name));
            await().atMost(Duration.ofSeconds(30)).until(() -> shows(host, name, "test -e /tmp/asked"));

            new StoppedServices(host, state).startAllBut(Set.of());
            stop.get();

            assertThat(host.find(name).orElseThrow().running()).isTrue();
        }
    }

    private static boolean shows(DockerHost host, String name, String script) {
        return host.run(
                        name,
                        Command.of(Duration.ofSeconds(10), "/bin/sh", "-c", script),
                        OutputStream.nullOutputStream())
                .succeeded();
    }
}
