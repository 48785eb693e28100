package dolmen.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.stories.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox's native form makes of processes, where nobody reaps those that have ended. */
class NativeFormTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private Process parent;
    private long zombie;

    /** A child that has ended, of a parent that never asks how: a sleep, which does not know that it has one. */
    @BeforeEach
    void a_zombie() throws Exception {
        parent = new ProcessBuilder("bash", "-c", "cat <&0 > /dev/null & echo $! > zombie; exec sleep 600")
                .directory(home.toFile())
                .start();
        Path name = Path.of("/proc/" + parent.pid() + "/comm");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> Files.readString(name).strip().equals("sleep"));
        zombie = Long.parseLong(Files.readString(home.resolve("zombie")).strip());
        parent.getOutputStream().close();
        Awaitility.await().atMost(LIMIT).until(() -> stat()[0].equals("Z"));
        Files.createDirectories(home.resolve("run"));
        Files.writeString(home.resolve("run/metabase.pid"), zombie + " " + stat()[19] + "\n");
    }

    @AfterEach
    void parent_ends() throws Exception {
        parent.destroyForcibly().waitFor();
    }

    private String[] stat() throws Exception {
        return Files.readString(Path.of("/proc/" + zombie + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
    }

    @Test
    void a_process_that_has_ended_and_that_nobody_reaped_does_not_run() {
        Shell.Result running = sandbox("running", "metabase");

        assertThat(running.stdout()).isEqualTo("no\n");
        assertThat(running.status()).isEqualTo(1);
    }

    @Test
    void a_process_that_nobody_reaps_is_stopped_once_it_has_ended() {
        assertThat(sandbox("stop", "metabase").stderr()).doesNotContain("ERROR").contains("done");
    }

    @Test
    void a_process_whose_start_was_not_seen_does_not_run() throws Exception {
        Files.writeString(home.resolve("run/metabase.pid"), "1999999 \n");

        assertThat(sandbox("running", "metabase").stdout()).isEqualTo("no\n");
    }

    private Shell.Result sandbox(String... command) {
        return Shell.tryRun(
                Map.of("SANDBOX_HOME", home.toString()), "src/sandbox/sandbox.sh", "native", command[0], command[1]);
    }
}
