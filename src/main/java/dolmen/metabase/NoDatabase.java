package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/** There is no application database to save: none is wanted, or there is no Metabase. */
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
    public ApplicationDatabaseCopy archive(Path staging, String run) {
        return ApplicationDatabaseCopy.of(ApplicationDatabaseCopy.NONE, foundBy, "");
    }

    @Override
    public long archivedBytes(long fileBytes) {
        return 0;
    }

    @Override
    public List<String> objections(Path file) {
        return List.of();
    }

    @Override
    public void stage(Path file, String mark) {}

    @Override
    public void swapIn(String mark) {}

    @Override
    public void swapBack(String mark) {}

    @Override
    public void dropNew(String mark) {}

    @Override
    public void drop(String mark) {}

    @Override
    public SortedSet<String> trials() {
        return Collections.emptySortedSet();
    }

    @Override
    public List<String> endEarlierRuns() {
        return List.of();
    }
}
