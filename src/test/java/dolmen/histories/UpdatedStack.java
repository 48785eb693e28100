package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.histories.model.Content;
import dolmen.histories.model.Segment;
import dolmen.histories.model.Snapshot;
import dolmen.histories.standins.Sessions;
import dolmen.histories.standins.StoryBucket;
import dolmen.histories.standins.StoryDruid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A stack (a real PostgreSQL, files and a bucket; a stand-in for Druid) on which the command line of one version of Dolmen
 * works after that of another. It lies at one place of every machine, since its metadata names the paths.
 */
final class UpdatedStack implements AutoCloseable {
    static final Path PLACE = Path.of("/var/tmp/dolmen-update-test");
    static final Path HOME = PLACE.resolve("home");
    private static final Path TABLES = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");
    private static final long LIMIT_IN_MINUTES = 3;

    final PostgresFixture postgres;
    final StoryBucket bucket = new StoryBucket();
    final Stack stack;
    final Path site = HOME.resolve("a");
    private final StoryDruid druid = new StoryDruid();
    private final Sessions sessions;
    private final Random random = new Random(13);
    private List<String> launcher = List.of();

    /** How a command ended, and all that it printed. */
    record Ended(int status, String output) {}

    UpdatedStack() throws Exception {
        Lab.remove(PLACE);
        Files.createDirectories(site.resolve("down"));
        postgres = PostgresFixture.start();
        sessions = new Sessions(postgres.port(), "druid", PostgresFixture.PASSWORD);
        stack = new Stack(sessions, HOME, 0);
        druid.serve(() -> down().isEmpty() ? stack.served() : null);
    }

    /** Druid's tables without rows. */
    void fill() {
        postgres.fill(stack.database, TABLES);
        String names =
                "SELECT string_agg('public.' || quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'";
        postgres.execute(stack.database, "TRUNCATE " + postgres.query(stack.database, names));
    }

    /** From now on these words, before a command's own, run Dolmen. */
    void by(List<String> words) {
        launcher = List.copyOf(words);
    }

    /** A segment of two files that hold this many bytes. */
    void publish(String datasource, int day, int partition, int bytes) {
        String interval = "2026-01-0%dT00:00:00.000Z/2026-01-0%dT00:00:00.000Z".formatted(day, day + 1);
        String version = "2026-02-0%dT00:00:00.000Z".formatted(day);
        String path =
                "segments/" + datasource + "/" + interval.replace('/', '_') + "/" + version + "/" + partition + "/";
        Content data = Content.random(random, 10 + partition, bytes);
        stack.publish(
                new Segment(
                        datasource + "_" + interval.replace('/', '_') + "_" + version
                                + (partition == 0 ? "" : "_" + partition),
                        datasource,
                        interval,
                        version,
                        partition,
                        path,
                        Instant.now().toString(),
                        bytes + 4,
                        true),
                new TreeMap<>(Map.of(path + "00000.smoosh", data, path + "version.bin", new Content("\0\0\0\t"))));
    }

    /** What the stack holds now. */
    Snapshot now() {
        return stack.now();
    }

    /** Whether the files of every used segment are there, to the byte, and can be loaded. */
    boolean isWhole() {
        Snapshot now = now();
        boolean allThere = now.used().stream()
                .allMatch(segment -> segment.size()
                        == now.of(segment).values().stream()
                                .mapToLong(file -> file.bytes().length)
                                .sum());
        return allThere && stack.served().stream().allMatch(segment -> segment.rows() > 0);
    }

    /** Runs a command that must succeed. */
    String succeeds(Map<String, String> more, String... command) throws Exception {
        Ended ended = run(more, command);
        assertThat(ended.status())
                .as(String.join(" ", command) + "\n" + ended.output())
                .isZero();
        return ended.output();
    }

    /** Runs a command, with more settings than the usual. */
    Ended run(Map<String, String> more, String... command) throws Exception {
        Path log = PLACE.resolve("output");
        Process process = start(more, log, command);
        if (!process.waitFor(LIMIT_IN_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end: " + Files.readString(log));
        }
        return new Ended(process.exitValue(), Files.readString(log));
    }

    /** Starts a command as a process of its own. */
    Process start(Map<String, String> more, Path log, String... command) throws IOException {
        Map<String, String> all = new TreeMap<>(settings());
        all.putAll(more);
        Path file = site.resolve("dolmen.properties");
        Files.write(
                file,
                all.entrySet().stream()
                        .map(entry -> "dolmen." + entry.getKey() + "="
                                + entry.getValue().replace("\\", "\\\\"))
                        .toList());
        List<String> words = new ArrayList<>(launcher);
        words.addAll(List.of("--config", file.toString()));
        words.addAll(List.of(command));
        ProcessBuilder process =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("PATH", postgres.programsFolder() + ":/usr/bin:/bin");
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return process.start();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = stack.settings(HOME.resolve("catalog"), postgres.port(), druid.url());
        settings.put("druid.verify-limit", "10s");
        settings.put("schedule.full", "off");
        settings.put("schedule.incremental", "off");
        settings.put("http.enabled", "false");
        settings.put("retention.after-backup", "false");
        settings.put(
                "stack.stop-command",
                "touch " + site + "/down/{service}; while [ -e " + hold() + " ]; do sleep 0.1; done");
        settings.put("stack.start-command", "rm -f " + site + "/down/{service}");
        settings.put("stack.running-command", "test ! -e " + site + "/down/{service}");
        return settings;
    }

    /** The settings of the bucket. */
    Map<String, String> bucket() {
        Map<String, String> settings = new TreeMap<>(bucket.settings());
        settings.put("storage.prefix", "stack");
        return settings;
    }

    /** While this file is there, a service that is stopped does not come to its end. */
    Path hold() {
        return site.resolve("hold");
    }

    /** The services that are stopped, or are being stopped. */
    List<String> down() {
        return names(site.resolve("down"), "");
    }

    /** The labels of the published backups, oldest first. */
    List<String> labels() {
        return names(HOME.resolve("catalog"), "manifest.json");
    }

    /** The runs of these operations, oldest first. */
    List<String> runs(String operation) {
        return names(site.resolve("state/runs"), "").stream()
                .filter(run -> run.endsWith(operation))
                .toList();
    }

    private static List<String> names(Path folder, String holding) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.exists(file.resolve(holding)))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        sessions.close();
        bucket.close();
        druid.close();
        postgres.stop();
        Lab.remove(PLACE);
    }
}
