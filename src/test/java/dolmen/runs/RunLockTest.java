package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Locked;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class RunLockTest {
    @TempDir
    Path state;

    @Test
    @Tag("SC-03")
    void a_second_run_is_refused_and_told_which_one_holds_the_lock() {
        try (RunLock held = RunLock.take(state, "first-run")) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> RunLock.take(state, "second-run"))
                    .isInstanceOf(Locked.class)
                    .hasMessageContaining("first-run");
        }
    }

    @Test
    void a_lock_that_was_let_go_can_be_taken_again() {
        RunLock.take(state, "first-run").close();
        assertThat(RunLock.holderOf(state)).isEmpty();
        try (RunLock held = RunLock.take(state, "second-run")) {
            assertThat(held).isNotNull();
            assertThat(RunLock.holderOf(state)).contains("second-run");
        }
    }

    @Test
    void asking_and_failing_in_this_process_does_not_free_the_lock_for_another_process() throws Exception {
        try (RunLock held = RunLock.take(state, "first-run")) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> RunLock.take(state, "second-run")).isInstanceOf(Locked.class);
            assertThat(RunLock.holderOf(state)).contains("first-run");
            assertThat(otherProcess("take")).contains("locked by first-run");
        }
    }

    @Test
    @Tag("SC-03")
    void the_lock_of_a_killed_process_is_free() throws Exception {
        Process other = start("hold");
        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("taken");
            assertThatThrownBy(() -> RunLock.take(state, "here"))
                    .isInstanceOf(Locked.class)
                    .hasMessageContaining("there");
        }
        other.destroyForcibly().waitFor();
        RunLock.take(state, "here").close();
    }

    @Test
    void a_lock_whose_object_nobody_keeps_is_held_as_long_as_the_process_lives() throws Exception {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        RunLock.take(state, "for-life");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return garbage.get() == null;
        });
        assertThat(otherProcess("take")).contains("locked by for-life");
    }

    private String otherProcess(String what) throws Exception {
        Process other = start(what);
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        other.waitFor();
        return said;
    }

    private Process start(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        state.toString(),
                        what)
                .redirectErrorStream(true)
                .start();
    }

    /** Takes the lock in a process of its own. */
    public static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws Exception {
            try (RunLock held = RunLock.take(Path.of(arguments[0]), "there")) {
                System.out.println(held == null ? "nothing" : "taken");
                if (arguments[1].equals("hold")) {
                    System.in.read();
                }
            } catch (Locked taken) {
                System.out.println("locked by " + taken.getMessage().replaceAll(".*: ", ""));
            }
        }
    }
}
