package dolmen.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * The sandbox's container form, brought up and loaded once for all stories of a test run, which say by
 * {@code @Needs(Need.SANDBOX)} that they use it. The engine has room for one, so a second process of tests waits until the
 * first has ended.
 */
public final class ContainerSandbox {
    public static final String NETWORK = "dolmen-sandbox_default";
    public static final String DRUID_IMAGE = "dolmen-sandbox/druid:25.0.0";

    private static final Path CLAIM = Path.of(System.getProperty("java.io.tmpdir"), "dolmen-sandbox.lock");

    private static ContainerSandbox shared;
    private static FileLock claimed;

    private final String counts;

    private ContainerSandbox() {
        wipe();
        sandbox("up");
        sandbox("ingest");
        counts = counts();
    }

    /** The one sandbox of this test run, up and loaded. */
    public static synchronized ContainerSandbox shared() {
        if (shared == null) {
            claimed = claimed == null ? claim() : claimed;
            shared = new ContainerSandbox();
            Runtime.getRuntime().addShutdownHook(new Thread(ContainerSandbox::wipe));
        }
        return shared;
    }

    /** Held until this process ends. */
    private static FileLock claim() {
        try {
            return FileChannel.open(CLAIM, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .lock();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Takes the sandbox down; whoever asks for it next gets a new one. */
    public static synchronized void discard() {
        if (shared != null) {
            wipe();
            shared = null;
        }
    }

    /** What the broker answers about every datasource, right after the sandbox was loaded. */
    public String loaded() {
        return counts;
    }

    /** What the broker answers now. */
    public String counts() {
        return Shell.run("src/sandbox/sandbox.sh", "containers", "counts");
    }

    /** Waits until all services work and the broker answers what it did right after the sandbox was loaded. */
    public void awaitLoaded() {
        sandbox("wait");
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(counts()).isEqualTo(loaded()));
    }

    /** Runs one of the sandbox's commands. */
    public static void sandbox(String... command) {
        String[] whole = new String[command.length + 2];
        whole[0] = "src/sandbox/sandbox.sh";
        whole[1] = "containers";
        System.arraycopy(command, 0, whole, 2, command.length);
        Shell.run(whole);
    }

    private static void wipe() {
        Shell.tryRun(Map.of(), "src/sandbox/sandbox.sh", "containers", "wipe");
    }

    /** One value of the metadata store. */
    public static String sql(String query) {
        return Shell.run("docker", "exec", "postgres", "psql", "-XAtq", "-U", "druid", "-d", "druid", "-c", query)
                .strip();
    }

    /** One value of the metadata store for each query, asked at once. */
    public static List<String> sql(String first, String second) {
        return Shell.run(
                        "docker",
                        "exec",
                        "postgres",
                        "psql",
                        "-XAtq",
                        "-U",
                        "druid",
                        "-d",
                        "druid",
                        "-c",
                        first,
                        "-c",
                        second)
                .lines()
                .toList();
    }

    /** Removes what verified restores of other Dolmens keep. */
    public static void dropSafetyCopies() {
        sql("SELECT datname FROM pg_database WHERE datname LIKE 'druid\\_dolmen\\_%'")
                .lines()
                .forEach(database -> Shell.run("docker", "exec", "postgres", "dropdb", "-U", "druid", database));
        Shell.run("docker", "exec", "-u", "0", "historical", "sh", "-c", "rm -rf /opt/shared/.dolmen-*");
    }

    /** All containers by name, id and state, but for those of tests that run beside. */
    public static String containers() {
        return Shell.run("docker", "ps", "-a", "--format", "{{.Names}} {{.ID}} {{.State}} {{.Image}}")
                .lines()
                .filter(line -> !line.matches("(.* dolmen-test/|.* dolmen-sandbox/bare:|dolmen-throw-away-tests?-).*"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** The state of a container: running, exited, created. */
    public static String state(String container) {
        return Shell.run("docker", "inspect", "-f", "{{.State.Status}}", container)
                .strip();
    }
}
