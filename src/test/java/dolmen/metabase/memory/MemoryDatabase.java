package dolmen.metabase.memory;

import dolmen.archive.Digests;
import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.Place;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A number of users in memory, and those numbers that restores have staged, replaced and taken back. */
final class MemoryDatabase implements ApplicationDatabase {
    private static final Pattern FILE = Pattern.compile("users (\\d+)\nend\n");

    final Map<RunMark, Long> staged = new TreeMap<>();
    final Map<RunMark, Long> old = new TreeMap<>();
    final Map<RunMark, Long> aside = new TreeMap<>();
    long users;

    @Override
    public Place place() {
        return new Place(
                MemoryKind.WORD, "the test", "here", "memory", "the memory of the test", "Look at it.", List.of());
    }

    @Override
    public void requirePresent() {}

    @Override
    public boolean stopsMetabase() {
        return false;
    }

    @Override
    public ApplicationDatabaseCopy archive(Path staging, RunId run, Meter meter) {
        Path file = staging.resolve(Artifact.METABASE_DUMP);
        try {
            Files.writeString(file, "users " + users + "\nend\n");
            meter.expect(Files.size(file));
            meter.add(Files.size(file));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return counted("the test", "here", users, Optional.of(Digests.artifact(file)));
    }

    static ApplicationDatabaseCopy counted(String foundBy, String location, long users, Optional<Artifact> file) {
        return ApplicationDatabaseCopy.of(MemoryKind.WORD, foundBy, location)
                .with(file, List.of(), new TreeMap<>(Map.of("core_user", users)), Optional.empty());
    }

    static long read(Path file) {
        try {
            Matcher whole = FILE.matcher(Files.readString(file));
            if (!whole.matches()) {
                throw new StepFailure.Damaged(file.getFileName() + " is cut", "Take another backup.");
            }
            return Long.parseLong(whole.group(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public long archivedBytes(long fileBytes) {
        return fileBytes;
    }

    @Override
    public List<String> objections(Path file, Meter meter) {
        return List.of();
    }

    @Override
    public void stage(Path file, RunMark mark, Meter meter) {
        meter.expect(file.toFile().length());
        staged.put(mark, read(file));
        meter.add(file.toFile().length());
    }

    @Override
    public void swapIn(RunMark mark) {
        if (old.containsKey(mark)) {
            return;
        }
        if (!staged.containsKey(mark)) {
            throw new StepFailure.Failed("nothing is staged for " + mark, "Stage a file first.");
        }
        old.put(mark, users);
        users = staged.remove(mark);
    }

    @Override
    public void swapBack(RunMark mark) {
        if (old.containsKey(mark)) {
            aside.put(mark, users);
            users = old.remove(mark);
        }
    }

    @Override
    public void dropNew(RunMark mark) {
        aside.remove(mark);
        staged.remove(mark);
    }

    @Override
    public void drop(RunMark mark) {
        old.remove(mark);
    }

    @Override
    public SortedSet<String> trials() {
        return Collections.emptySortedSet();
    }

    @Override
    public List<String> endEarlierRuns() {
        return List.of();
    }

    List<String> leftovers() {
        return Stream.of(staged, old, aside)
                .flatMap(kept -> kept.keySet().stream())
                .map(RunMark::text)
                .toList();
    }
}
