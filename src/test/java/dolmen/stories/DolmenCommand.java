package dolmen.stories;

import dolmen.ClassArchive;
import dolmen.TestMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs Dolmen's command line in this process, on the sandbox, with a folder of its own for all that it writes. */
public final class DolmenCommand {
    private final Path home;
    private final Map<String, String> settings = new TreeMap<>();

    public DolmenCommand(Path home) {
        this.home = home;
        settings.put("dolmen.catalog.path", home.resolve("backup").toString());
        settings.put("dolmen.inbox.path", home.resolve("inbox").toString());
        settings.put("dolmen.dead-letter.path", home.resolve("dead-letter").toString());
        settings.put("dolmen.state.path", home.resolve("state").toString());
        settings.put("dolmen.stack.project", "dolmen-sandbox");
        settings.put("dolmen.druid.url", "http://127.0.0.1:18888");
        settings.put("dolmen.druid.verify-limit", "4m");
        settings.put("dolmen.schedule.full", "off");
        settings.put("dolmen.schedule.incremental", "off");
        settings.put("dolmen.retry.delay", "1s");
        settings.put("dolmen.http.enabled", "false");
    }

    public DolmenCommand with(String key, String value) {
        DolmenCommand other = new DolmenCommand(home);
        other.settings.putAll(settings);
        other.settings.put(key, value);
        return other;
    }

    public Path home() {
        return home;
    }

    /** The newest backup's folder. */
    public Path newestBackup() {
        try (var folders = Files.list(home.resolve("backup"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("manifest.json")))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("no backup in " + home));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Runs a command; its exit status and all that it printed. */
    public Result run(String... command) {
        return run(settingsFile(), command);
    }

    /** With another file of settings, or one that does not exist yet. */
    public static Result run(Path settingsFile, String... command) {
        List<String> arguments = new ArrayList<>(List.of("--config", settingsFile.toString()));
        arguments.addAll(List.of(command));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int status = TestMain.execute(arguments.toArray(String[]::new));
            return new Result(status, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
            stdout.println(printed.toString(StandardCharsets.UTF_8));
        }
    }

    /** Starts {@code dolmen run} as a process of its own. */
    public Process serve() throws IOException {
        return start("run");
    }

    /** With more in its environment. */
    public Process serve(Map<String, String> environment) throws IOException {
        return start(List.of(), environment, log(), "run");
    }

    /** With another file for what it prints. */
    public Process serve(Path log) throws IOException {
        return start(List.of(), Map.of(), log, "run");
    }

    /** Starts a command as a process of its own, which can be killed. */
    public Process start(String... command) throws IOException {
        return start(List.of(), command);
    }

    /** With further options of the Java virtual machine. */
    public Process start(List<String> options, String... command) throws IOException {
        return start(options, Map.of(), log(), command);
    }

    private Process start(List<String> options, Map<String, String> environment, Path log, String... command)
            throws IOException {
        List<String> line = new ArrayList<>(ClassArchive.java());
        line.add("-Xmx256m");
        line.addAll(options);
        line.addAll(List.of("dolmen.Main", "--config", settingsFile().toString()));
        line.addAll(List.of(command));
        ProcessBuilder process =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    /** What a process of its own prints. */
    public Path log() {
        return home.resolve("serve.log");
    }

    private Path settingsFile() {
        try {
            Files.createDirectories(home);
            Path file = home.resolve("dolmen.properties");
            Files.write(
                    file,
                    settings.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
            return file;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** How a command ended, and stdout with stderr. */
    public record Result(int status, String output) {}
}
