package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/** Stands for a stack without an application database to save: none is wanted, or there is no Metabase. Every method does nothing. */
record NoDatabase(String foundBy) implements ApplicationDatabase {
    @Override
    public Place place() {
        return new Place(ApplicationDatabaseCopy.NONE, foundBy, "", "nothing", "nothing", "", List.of());
    }

    @Override
    public void requirePresent() {}

    @Override
    public boolean stopsMetabase() {
        return false;
    }

    @Override
    public ApplicationDatabaseCopy archive(Path staging, RunId run, Meter meter) {
        return ApplicationDatabaseCopy.of(ApplicationDatabaseCopy.NONE, foundBy, "");
    }

    @Override
    public long archivedBytes(long fileBytes) {
        return 0;
    }

    @Override
    public List<String> objections(Path file, Meter meter) {
        return List.of();
    }

    @Override
    public void stage(Path file, RunMark mark, Meter meter) {}

    @Override
    public void swapIn(RunMark mark) {}

    @Override
    public void swapBack(RunMark mark) {}

    @Override
    public void dropNew(RunMark mark) {}

    @Override
    public void drop(RunMark mark) {}

    @Override
    public SortedSet<String> trials() {
        return Collections.emptySortedSet();
    }

    @Override
    public List<String> endEarlierRuns() {
        return List.of();
    }
}
