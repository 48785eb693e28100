package dolmen.histories;

import dolmen.Application;
import dolmen.histories.files.Fuse;
import dolmen.histories.files.Killed;
import dolmen.histories.model.Snapshot;
import dolmen.histories.standins.StoryClock;
import dolmen.histories.standins.StoryDruid;
import dolmen.histories.standins.StoryHost;
import dolmen.histories.standins.StoryPace;
import dolmen.metadata.PostgresFixture;
import dolmen.model.Operation;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.progress.Display;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** A stack, and the Dolmen that is set up for it. A killed Dolmen is replaced by new objects on the same folders. */
final class Site implements AutoCloseable {
    /** More calls than any run makes. */
    static final int NEVER = Integer.MAX_VALUE;

    private static final Pattern STEP = Pattern.compile("\"step\"\\s*:\\s*\"([a-z-]+)\"");

    final Stack stack;
    final StoryHost host;
    final Path home;
    /** The verified restores that are not undone, and what each replaced; the newest first. */
    final Deque<Restored> restores = new ArrayDeque<>();
    /** What the stack held at the last dump. */
    Snapshot dumped;
    /** Calls of the last run of an operation, so that a kill comes within the next. */
    final Map<String, Integer> calls = new TreeMap<>();

    private final StoryClock clock;
    private final Settings settings;
    private Application dolmen;
    private CamelContext context;

    /** A restore: its run, what was live before, what the backup held, and of which datasources (none: all). */
    record Restored(String run, Snapshot before, Snapshot brought, List<String> datasources) {}

    /** How a run ended: by its report, or killed before a call. */
    record Ended(Optional<Report> report, Optional<String> killedBefore) {
        private static final Pattern LABEL = Pattern.compile("\\d{8}-\\d{6}");

        boolean succeeded() {
            return report.map(Report::succeeded).orElse(false);
        }

        /** The backup that the report calls published. */
        Optional<String> published() {
            return report.filter(Report::succeeded)
                    .filter(done -> done.run().request().operation() == Operation.BACKUP)
                    .flatMap(Ended::label);
        }

        /** The label that the summary names. */
        Optional<String> label() {
            return report.flatMap(Ended::label);
        }

        private static Optional<String> label(Report report) {
            Matcher label = LABEL.matcher(report.summary());
            return label.find() ? Optional.of(label.group()) : Optional.empty();
        }
    }

    Site(Lab lab, int number, StoryClock clock, Map<String, String> more) {
        this.stack = new Stack(lab, number);
        this.clock = clock;
        this.home = lab.home.resolve(stack.name);
        this.host = new StoryHost(lab.sessions, lab.emptyDump(), () -> dumped = stack.now());
        StoryDruid druid = lab.druids.get(number);
        druid.serve(() -> host.down().isEmpty() ? stack.served() : null);
        Map<String, String> all = new TreeMap<>(Map.ofEntries(
                Map.entry("catalog.path", lab.home.resolve("catalog").toString()),
                Map.entry("inbox.path", home.resolve("inbox").toString()),
                Map.entry("dead-letter.path", home.resolve("dead-letter").toString()),
                Map.entry("state.path", home.resolve("state").toString()),
                Map.entry("stack.kind", "local"),
                Map.entry("stack.services", "historical,coordinator"),
                Map.entry("metadata.database", stack.database),
                Map.entry("metadata.user", "druid"),
                Map.entry("metadata.password", PostgresFixture.PASSWORD),
                Map.entry("metadata.host", "127.0.0.1"),
                Map.entry("metadata.port", "" + lab.postgres.port()),
                Map.entry("segments.path", stack.shared.toString()),
                Map.entry("segments.caches", "historical:" + home.resolve("cache")),
                Map.entry("metabase.kind", "none"),
                Map.entry("druid.url", druid.url().toString()),
                Map.entry("druid.call-limit", "5s"),
                Map.entry("druid.verify-limit", "3s"),
                Map.entry("retry.attempts", "1")));
        all.putAll(more);
        Properties properties = new Properties();
        all.forEach((key, value) -> properties.setProperty("dolmen." + key, value));
        this.settings = Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
    }

    /** Runs it; the process is killed before this many calls. */
    Ended run(RunRequest request, int callsUntilKilled) {
        return alive(callsUntilKilled, request.operation().word(), application -> application.run(request));
    }

    Ended run(RunRequest request) {
        return run(request, NEVER);
    }

    /** What {@code dolmen recover} does; empty where it was killed, too. */
    Optional<List<String>> recover(int callsUntilKilled) {
        List<String> lines = new ArrayList<>();
        Ended ended = alive(callsUntilKilled, "recover", application -> {
            lines.addAll(application.recover());
            return null;
        });
        return ended.killedBefore().isPresent() ? Optional.empty() : Optional.of(lines);
    }

    private Ended alive(int callsUntilKilled, String word, Function<Application, Report> action) {
        if (dolmen == null) {
            dolmen = new Application(settings, Map.of(), Display.NONE, clock, made -> {
                context = made;
                return host;
            }, new StoryPace());
            dolmen.start();
            Hooks.forget();
        }
        Report report = null;
        Fuse.light(callsUntilKilled);
        try {
            report = action.apply(dolmen);
        } catch (Killed killed) {
            report = null;
        } catch (RuntimeException failed) {
            if (!Fuse.isDead()) {
                Fuse.end();
                throw failed;
            }
        }
        Optional<String> killed = Fuse.killedBefore();
        if (killed.isPresent()) {
            close();
        }
        int made = Fuse.end();
        calls.put(word, killed.isPresent() ? calls.getOrDefault(word, made) : made);
        return killed.isPresent() ? new Ended(Optional.empty(), killed) : new Ended(Optional.ofNullable(report), killed);
    }

    /** The step in which the newest run is, or was when it was killed. */
    Optional<String> lastStep() {
        Path runs = home.resolve("state/runs");
        try (Stream<Path> folders = Files.list(runs)) {
            Path steps = folders.max(Comparator.comparing(Path::getFileName)).orElseThrow().resolve("steps.json");
            return Files.exists(steps)
                    ? STEP.matcher(Files.readString(steps)).results().map(found -> found.group(1)).reduce((one, two) -> two)
                    : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** What an Error broke off would be waited for. */
    @Override
    public void close() {
        if (dolmen != null) {
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.getShutdownStrategy().setTimeout(1);
            dolmen.close();
            dolmen = null;
        }
    }
}
