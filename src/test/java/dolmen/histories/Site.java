package dolmen.histories;

import dolmen.histories.Dolmen.Ended;
import dolmen.histories.model.Snapshot;
import dolmen.histories.standins.StoryClock;
import dolmen.histories.standins.StoryDruid;
import dolmen.histories.standins.StoryPrograms;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A stack, and the Dolmen that is set up for it. A killed Dolmen is replaced by new objects on the same folders. */
final class Site implements AutoCloseable {
    private static final Pattern STEP = Pattern.compile("\"step\"\\s*:\\s*\"([a-z-]+)\"");

    final Stack stack;
    final Path home;
    /** The verified restores that are not undone, and what each replaced; the newest first. */
    final Deque<Restored> restores = new ArrayDeque<>();
    /** What the stack held at the last dump. */
    Snapshot dumped;
    /** Calls of the last run of an operation, so that a kill comes within the next. */
    final Map<String, Integer> calls = new TreeMap<>();

    private final Dolmen dolmen;

    /** A restore: its run, what was live before, what the backup held, and of which datasources (none: all). */
    record Restored(String run, Snapshot before, Snapshot brought, List<String> datasources) {}

    Site(Lab lab, int number, StoryClock clock, Map<String, String> more) {
        this.stack = new Stack(lab.sessions, lab.home, number);
        this.home = lab.home.resolve(stack.name);
        StoryDruid druid = lab.druids.get(number);
        Map<String, String> all = stack.settings(lab.home.resolve("catalog"), lab.postgres.port(), druid.url());
        all.put("druid.verify-limit", "3s");
        all.putAll(more);
        Properties properties = new Properties();
        all.forEach((key, value) -> properties.setProperty("dolmen." + key, value));
        this.dolmen = World.REAL ? beside(lab, properties, clock) : here(lab, properties, clock);
        druid.serve(() -> down().isEmpty() ? stack.served() : null);
    }

    private Dolmen beside(Lab lab, Properties properties, StoryClock clock) {
        DolmenBeside.addServices(properties, home);
        return new DolmenBeside(home, properties, clock, lab.postgres.programsFolder());
    }

    private Dolmen here(Lab lab, Properties properties, StoryClock clock) {
        Settings settings = Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
        return new DolmenHere(
                settings,
                clock,
                new StoryPrograms(lab.sessions, lab.emptyDump(), () -> dumped = stack.now())
                        .host(home.resolve("state")));
    }

    /** Runs it; the process is killed before this many calls. */
    Ended run(RunRequest request, int callsUntilKilled) {
        dumped = stack.now();
        Ended ended = dolmen.run(request, callsUntilKilled);
        remember(request.operation().word(), ended);
        return ended;
    }

    /** Does what {@code dolmen recover} does; false where it was killed, too. */
    boolean recover(int callsUntilKilled) {
        Ended ended = dolmen.recover(callsUntilKilled);
        remember("recover", ended);
        return ended.killedBefore().isEmpty();
    }

    private void remember(String word, Ended ended) {
        if (ended.killedBefore().isEmpty()) {
            calls.put(word, ended.calls());
        }
    }

    /** The services that are stopped. */
    List<String> down() {
        return dolmen.down();
    }

    /** The step in which the newest run is, or was when it was killed. */
    Optional<String> lastStep() {
        Path runs = home.resolve("state/runs");
        try (Stream<Path> folders = Files.list(runs)) {
            Optional<Path> steps = folders.max(Comparator.comparing(Path::getFileName))
                    .map(run -> run.resolve("steps.json"))
                    .filter(Files::exists);
            return steps.isEmpty()
                    ? Optional.empty()
                    : STEP.matcher(Files.readString(steps.get()))
                            .results()
                            .map(found -> found.group(1))
                            .reduce((one, two) -> two);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        dolmen.close();
    }
}
