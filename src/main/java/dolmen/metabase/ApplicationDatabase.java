package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/**
 * The database that Metabase keeps its own data in: copied into a backup, and exchanged by a restore. A restore's mark
 * names what belongs to it: {@code stage}, {@code swapIn}, then {@code drop}, or {@code swapBack} and {@code dropNew}.
 * Every method may be repeated, also after kill -9 in its middle. Throws {@link dolmen.model.StepFailure.Unavailable} when
 * the database cannot be reached.
 */
public interface ApplicationDatabase {
    /** Where it is, and how that was found out. */
    Place place();

    /** Throws {@code Failed} when there is nothing to copy, though Metabase says that its data are here. */
    void requirePresent();

    /** Whether Metabase is stopped while the database is copied. */
    boolean stopsMetabase();

    /**
     * Copies it into the staging folder of a backup, and gives what was copied and how many rows of each table that is;
     * what an earlier try left there is replaced. Metabase runs again at the end if it ran. Throws {@code Failed} when there
     * is nothing to copy, {@code Damaged} when the copy cannot be used.
     */
    ApplicationDatabaseCopy archive(Path staging, String run);

    /** The bytes that {@link #archive} reads and writes when the file that it makes has so many. */
    long archivedBytes(long fileBytes);

    /** Reasons for which the file of a backup, one of this kind, cannot be put here; what is tried leaves nothing here. */
    List<String> objections(Path file);

    /** Lays the data of the file beside the present ones; Metabase sees no change. Throws {@code Damaged} when it is none. */
    void stage(Path file, String mark);

    /** Exchanges the present data for the staged ones; Metabase does not run meanwhile. Throws {@code Failed} when none are staged. */
    void swapIn(String mark);

    /** Puts the old data back, however far the restore came; what had replaced them is kept aside. */
    void swapBack(String mark);

    /** Removes for good what the restore had brought, once the old data are back. */
    void dropNew(String mark);

    /** Removes for good what the restore replaced. */
    void drop(String mark);

    /** What is there of trials of a backup's file: of those that go on, and of those whose process was killed. */
    SortedSet<String> trials();

    /** Ends what earlier runs left at work there, and removes what they left of trials; a line for each. For the holder of the lock only. */
    List<String> endEarlierRuns();
}
