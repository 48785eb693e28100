package dolmen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.VMDisconnectedException;
import dolmen.catalog.Catalog;
import dolmen.model.Artifact;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.stories.ContainerSandbox;
import dolmen.stories.DolmenCommand;
import dolmen.stories.DolmenCommand.Result;
import dolmen.stories.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Makes a fault, runs Dolmen into it, looks at what was left, and writes the row. */
final class FaultBench {
    /** How long a killed Dolmen's next start may take to have everything back. */
    private static final Duration BACK = Duration.ofSeconds(30);

    private final FaultTable table;
    private final DolmenCommand dolmen;
    private Inventory last;

    /** Brings the sandbox up when it is not, waits until it serves all, and takes the good backup that no fault may touch. */
    static FaultBench of(String section, DolmenCommand dolmen) {
        ContainerSandbox.shared().awaitLoaded();
        succeeds(dolmen.run("backup"));
        return new FaultBench(new FaultTable(section), dolmen);
    }

    private FaultBench(FaultTable table, DolmenCommand dolmen) {
        this.table = table;
        this.dolmen = dolmen;
    }

    /** The backup is still good, the stack serves all that it had, and the page says what was seen. */
    void close() throws IOException {
        succeeds(dolmen.run("verify"));
        ContainerSandbox.shared().awaitLoaded();
        table.close();
    }

    private static void succeeds(Result result) {
        assertThat(result.status()).as(result.output()).isZero();
    }

    /** Adds a row for what a test has looked at by itself. */
    void add(String step, String fault, String said, String left) {
        table.add(step, fault, said, left, ExitCode.OK);
    }

    /** What is there now, which is what the last row left. */
    Inventory before() {
        return last == null ? after() : last;
    }

    private Inventory after() {
        last = Inventory.of(dolmen);
        return last;
    }

    /** A fault that lasts from before the command until it has ended. */
    void during(String step, String fault, ExitCode exit, Fault made, DolmenCommand with, String... command)
            throws Exception {
        Inventory before = before();
        Result result;
        Undo undo = made.make();
        try {
            result = with.run(command);
        } finally {
            undo.run();
        }
        row(step, fault, exit, result, before);
    }

    /** A fault that is made when this step begins. */
    void whenStepBegins(String step, String fault, ExitCode exit, Fault made, DolmenCommand with, String... command)
            throws Exception {
        whenStepBegins(step, step, fault, exit, made, with, command);
    }

    /** A fault that is made when one step begins and meets a later one. */
    void whenStepBegins(
            String held, String step, String fault, ExitCode exit, Fault made, DolmenCommand with, String... command)
            throws Exception {
        Inventory before = before();
        try {
            row(step, fault, exit, into(held, made, with, command), before);
        } catch (VMDisconnectedException ended) {
            table.failed(
                    new AssertionError(fault + ": ended before " + held + ":\n" + Files.readString(with.log()), ended));
        }
    }

    /** For a fault that keeps Dolmen from putting all back: that comes when it has ended, by `dolmen recover`. */
    void whenStepBeginsThenRecovered(String step, String fault, Fault made, DolmenCommand with, String... command)
            throws Exception {
        Inventory before = before();
        Result failed = into(step, made, with, command);
        Result recovered = dolmen.run("recover");
        assertThat(recovered.status()).as(recovered.output()).isZero();
        row(step, fault, ExitCode.FAILED, failed, before);
    }

    /** Runs a command and makes the fault when this step begins. */
    static Result into(String step, Fault made, DolmenCommand with, String... command) throws Exception {
        try (HeldDolmen held = HeldDolmen.atStep(step, with, command)) {
            Undo undo = made.make();
            try {
                return new Result(held.goOn(), Files.readString(with.log()));
            } finally {
                undo.run();
            }
        }
    }

    /** Dolmen is killed where it is held; then `dolmen recover` has to mend it, which is what the row tells. */
    void killed(String step, String fault, HeldDolmen held, Inventory before) throws Exception {
        held.kill();
        long begun = System.nanoTime();
        Result recovered = dolmen.run("recover");
        assertThat(recovered.status()).as(fault + "\n" + recovered.output()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BACK);
        table.add(step, fault, told(recovered), after().since(before), ExitCode.OK);
    }

    /** What was recovered, without the lines of the log. */
    static String told(Result recovered) {
        return "after `dolmen recover`: "
                + recovered
                        .output()
                        .lines()
                        .filter(line -> line.matches("\\d{8}-.*|removed .*"))
                        .distinct()
                        .reduce((one, other) -> one + "; " + other)
                        .orElse(recovered.output());
    }

    void row(String step, String fault, ExitCode exit, Result result, Inventory before) {
        forgetDamage();
        try {
            check(step, fault, exit, result);
            awaitMetadata();
            table.add(step, fault, said(result.output()), after().since(before), exit);
        } catch (AssertionError wrong) {
            last = null;
            table.failed(new AssertionError(step + ", " + fault + ": " + wrong.getMessage(), wrong));
        }
    }

    /** What was found out about the good backup stays beside it, and would be the answer to every later fault. */
    private void forgetDamage() {
        Catalog catalog = new Catalog(dolmen.home().resolve("backup"));
        for (Label label : catalog.labels()) {
            try {
                Files.deleteIfExists(catalog.folder().resolve(label.text()).resolve(Artifact.VERDICTS));
            } catch (IOException stays) {
                throw new UncheckedIOException(stays);
            }
        }
    }

    private static void check(String step, String fault, ExitCode exit, Result result) {
        String output = result.output();
        assertThat(result.status()).as(fault + "\n" + output).isEqualTo(exit.status());
        if (exit != ExitCode.OK) {
            boolean published = exit == ExitCode.INCOMPLETE && output.contains("\npublished backup ");
            String where = published ? "  " + step + " " : "failed step: " + step + "\n";
            assertThat(output).as(fault).contains(where).contains("HINT: ");
        }
    }

    /** The line after the outcome's, and the warnings. */
    private static String said(String output) {
        List<String> lines = output.lines().toList();
        for (int index = 0; index + 1 < lines.size(); index++) {
            if (lines.get(index).matches("[A-Z ]+: (backup|restore|undo|verify|plan|upload|copy) \\S+")) {
                return lines.stream()
                        .skip(index + 2L)
                        .filter(line -> line.startsWith("  warning: "))
                        .reduce(lines.get(index + 1), (said, warning) -> said + "; " + warning.strip());
            }
        }
        return "";
    }

    private static void awaitMetadata() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Shell.tryRun(Map.of(), "docker", "exec", "postgres", "pg_isready", "-q", "-h", "127.0.0.1")
                                .status()
                        == 0);
    }

    /** A container of the sandbox that is stopped meanwhile. */
    static Fault stopped(String container) {
        return () -> {
            Shell.run("docker", "stop", "-t", "20", container);
            return () -> {
                Shell.run("docker", "start", container);
                ContainerSandbox.sandbox("wait");
            };
        };
    }

    /** A container whose processes stand still meanwhile. */
    static Fault paused(String container) {
        return () -> {
            Shell.run("docker", "pause", container);
            return () -> Shell.run("docker", "unpause", container);
        };
    }

    /** A small file system at this folder, gone afterwards. */
    static Fault smallDisk(Path folder, String options) {
        return () -> {
            Files.createDirectories(folder);
            Shell.run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
            return () -> {
                try (var left = Files.walk(folder)) {
                    assertThat(left.filter(path -> path.endsWith("manifest.json")))
                            .isEmpty();
                } finally {
                    Shell.run("umount", folder.toString());
                }
            };
        };
    }

    static final Fault NOTHING = () -> () -> {};

    /** Makes a fault; what it returns ends it. */
    interface Fault {
        Undo make() throws Exception;
    }

    /** Ends a fault. */
    interface Undo {
        void run() throws IOException;
    }
}
