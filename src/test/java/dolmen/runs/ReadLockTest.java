package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.catalog.ReadLock;
import dolmen.model.StepFailure.Locked;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLockTest {
    @TempDir
    Path state;

    @Test
    void several_may_read_at_once_and_nothing_is_removed_before_the_last_of_them_has_ended() throws Exception {
        ReadLock first = ReadLock.share(state);
        ReadLock second = ReadLock.share(state);
        assertThat(otherProcess("alone")).contains("being read");
        assertThat(otherProcess("share")).isEqualTo("taken");
        first.close();
        assertThatThrownBy(() -> ReadLock.alone(state)).isInstanceOf(Locked.class);
        assertThat(otherProcess("alone")).contains("being read");
        second.close();
        assertThat(otherProcess("alone")).isEqualTo("taken");
        ReadLock.alone(state).close();
    }

    @Test
    void nobody_begins_to_read_while_backups_are_removed() throws Exception {
        try (ReadLock removal = ReadLock.alone(state)) {
            assertThat(removal).isNotNull();
            assertThatThrownBy(() -> ReadLock.share(state))
                    .isInstanceOf(Locked.class)
                    .hasMessageContaining("being removed");
            assertThatThrownBy(() -> ReadLock.alone(state)).isInstanceOf(Locked.class);
            assertThat(otherProcess("share")).contains("being removed");
        }
        assertThat(otherProcess("share")).isEqualTo("taken");
    }

    @Test
    void what_a_killed_reader_held_is_free() throws Exception {
        Process other = start("share", "hold");
        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("taken");
            assertThatThrownBy(() -> ReadLock.alone(state)).isInstanceOf(Locked.class);
            ReadLock.share(state).close();
        }
        other.destroyForcibly().waitFor();
        ReadLock.alone(state).close();
    }

    @Test
    void who_cannot_write_the_state_folder_reads_all_the_same() throws Exception {
        Path file = Files.createFile(state.resolve("no-folder"));
        ReadLock.share(file).close();
        try (ReadLock first = ReadLock.share(file);
                ReadLock second = ReadLock.share(file)) {
            assertThat(first).isNotSameAs(second);
        }
    }

    private String otherProcess(String how) throws Exception {
        Process other = start(how, "end");
        try (BufferedReader lines = other.inputReader()) {
            String said = lines.readLine();
            other.waitFor();
            return said;
        }
    }

    private Process start(String how, String then) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        state.toString(),
                        how,
                        then)
                .redirectErrorStream(true)
                .start();
    }

    /** Takes the lock in a process of its own. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws Exception {
            Path state = Path.of(arguments[0]);
            try (ReadLock held = arguments[1].equals("share") ? ReadLock.share(state) : ReadLock.alone(state)) {
                System.out.println(held == null ? "nothing" : "taken");
                if (arguments[2].equals("hold")) {
                    System.in.read();
                }
            } catch (Locked taken) {
                System.out.println(taken.getMessage());
            }
        }
    }
}
