package dolmen.bench;

import dolmen.app.Application;
import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.commons.io.FileUtils;

/**
 * Nightly runs of one process on a generated stack: first runs, nothing new twice, one percent new. Arguments: a folder, the
 * number of segments, the least and the most bytes of their files, {@code random} or {@code mixed} for what is in them, the
 * number of first runs, a command that makes an empty repository of a peer, and a command that backs the shared folder up
 * to it, which is run after each of Dolmen's runs; {@code PEER_SOURCE} tells it the folder. Prints a line for each run.
 */
public final class NightlyBench {
    private NightlyBench() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Files.createDirectories(Path.of(arguments[0]));
        int segments = Integer.parseInt(arguments[1]);
        SegmentFile file = new SegmentFile(
                Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), arguments[4].equals("mixed"));
        int firsts = Integer.parseInt(arguments[5]);
        String empty = arguments[6];
        String peer = arguments[7];
        try (GeneratedStack generated = new GeneratedStack(home, file)) {
            generated.grow(segments);
            Settings settings = settings(generated);
            try (Application dolmen = new Application(settings, Map.of())) {
                dolmen.start();
                for (int first = 0; first < firsts; first++) {
                    FileUtils.deleteDirectory(settings.paths().catalog().toFile());
                    peer(empty, generated);
                    run("full", dolmen, Kind.FULL, peer, generated);
                }
                run("nothing new", dolmen, Kind.INCREMENTAL, peer, generated);
                run("nothing new", dolmen, Kind.INCREMENTAL, peer, generated);
                generated.grow(segments + segments / 100);
                run("1 % new", dolmen, Kind.INCREMENTAL, peer, generated);
            }
        }
        System.exit(0);
    }

    private static void run(String what, Application dolmen, Kind kind, String peer, GeneratedStack generated)
            throws Exception {
        peer("sync", generated);
        Report report = dolmen.run(new RunRequest(Operation.BACKUP, Origin.COMMAND, new BackupOptions(kind)));
        if (!report.succeeded()) {
            throw new IllegalStateException(report.summary() + " " + report.hint());
        }
        double ours = seconds(report.run().begun(), report.ended());
        peer("sync", generated);
        Instant began = Instant.now();
        peer(peer, generated);
        double theirs = seconds(began, Instant.now());
        System.out.printf(
                Locale.ROOT,
                "%-12s dolmen %6.1f s, peer %6.1f s, ratio %.2f; %s%n",
                what,
                ours,
                theirs,
                theirs / ours,
                report.details().stream()
                        .filter(line -> line.startsWith("segments") || line.startsWith("incremental"))
                        .toList());
        report.steps()
                .forEach(step -> step.ended()
                        .ifPresent(ended -> System.out.printf(
                                Locale.ROOT, "  %-20s %6.1f s%n", step.step(), seconds(step.begun(), ended))));
    }

    private static void peer(String command, GeneratedStack generated) throws Exception {
        ProcessBuilder peer = new ProcessBuilder(List.of("sh", "-c", command)).inheritIO();
        peer.environment().put("PEER_SOURCE", generated.stack.shared.toString());
        if (peer.start().waitFor() != 0) {
            throw new IllegalStateException("the peer failed: " + command);
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static Settings settings(GeneratedStack generated) {
        Properties properties = new Properties();
        generated.stack.properties().forEach((key, value) -> properties.setProperty(key, value));
        properties.setProperty("dolmen.druid.url", generated.druidUrl());
        properties.setProperty("dolmen.druid.call-limit", "120s");
        return Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
    }
}
