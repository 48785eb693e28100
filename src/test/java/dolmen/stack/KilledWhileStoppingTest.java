package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.RunMark;
import dolmen.stack.memory.MemoryHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it stops or starts services. */
class KilledWhileStoppingTest {
    @TempDir
    Path state;

    @TempDir
    Path stack;

    @Test
    @Tag("DK-11")
    void after_a_kill_in_the_middle_everything_that_ran_is_started_again() throws Exception {
        for (int round = 0; round < 4; round++) {
            write(stack, "router", true);
            write(stack, "metabase", true);
            write(stack, "kafka", false);
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StopAndHang.class.getName(),
                            stack.toString(),
                            state.toString(),
                            Integer.toString(round))
                    .redirectError(state.resolve("err").toFile())
                    .start();
            // One byte says that it is where it should be killed.
            int told = process.getInputStream().read();
            process.destroyForcibly().waitFor();
            assertThat(told).as(Files.readString(state.resolve("err"))).isEqualTo('x');
            MemoryHost left = read(stack);
            StoppedServices stopped = new StoppedServices(left, state);
            stopped.startAllBut(Set.of());
            assertThat(left.down()).containsExactly("kafka");
            assertThat(stopped.listed()).isEmpty();
        }
    }

    /** The services whose state another process has left in a folder. */
    private static MemoryHost read(Path stack) {
        MemoryHost host = new MemoryHost();
        for (String service : List.of("router", "metabase", "kafka")) {
            host.service(service).running = Files.exists(stack.resolve(service));
        }
        return host;
    }

    private static void write(Path stack, String service, boolean running) {
        try {
            Files.deleteIfExists(stack.resolve(service));
            if (running) {
                Files.createFile(stack.resolve(service));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Another process: stops services and is killed, by round: before, within and after a stop, and within a start. */
    static final class StopAndHang {
        private StopAndHang() {}

        public static void main(String[] arguments) {
            int round = Integer.parseInt(arguments[2]);
            Path stack = Path.of(arguments[0]);
            MemoryHost host = read(stack);
            host.before = call -> {
                if (round == 0 || call.startsWith("start")) {
                    hang();
                }
            };
            host.after = call -> {
                write(stack, call.substring("stop ".length()), false);
                if (round == 1) {
                    hang();
                }
            };
            StoppedServices ledger = new StoppedServices(host, Path.of(arguments[1]));
            ledger.stopForRun(new RunMark("killed"), "router");
            ledger.stopForRun(new RunMark("killed"), "kafka");
            ledger.stopForRun(new RunMark("killed"), "metabase");
            if (round == 2) {
                hang();
            }
            ledger.startAll(new RunMark("killed"));
            throw new AssertionError("was not killed");
        }

        static void hang() {
            System.out.print('x');
            System.out.flush();
            while (true) {
                LockSupport.park();
            }
        }
    }
}
