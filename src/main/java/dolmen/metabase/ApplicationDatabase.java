package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/**
 * The database that Metabase keeps its own data in: copied into a backup, and exchanged by a restore. A restore calls {@code stage} and
 * {@code swapIn}, then {@code drop} when it stands, or {@code swapBack} and {@code dropNew} when it is undone; its mark is part of the
 * names of all that it makes. Every method may be repeated, even when it was killed in its middle. Throws {@link dolmen.model.StepFailure.Unavailable} when
 * the database cannot be reached.
 */
public interface ApplicationDatabase {
    /** Where it is, and how that was found out. */
    Place place();

    /** Throws {@code Failed} when there is nothing to copy, though Metabase says that its data are here. */
    void requirePresent();

    /** Whether {@link #archive} stops Metabase while it copies. */
    boolean stopsMetabase();

    /**
     * Copies it into the staging folder of a backup, and gives what was copied and how many rows of each table that is;
     * what an earlier try left there is replaced. Metabase runs again at the end if it ran. What is read and written is counted.
     * Throws {@code Failed} when there is nothing to copy, {@code Damaged} when the copy cannot be used.
     */
    ApplicationDatabaseCopy archive(Path staging, RunId run, Meter meter);

    /** The bytes that {@link #archive} reads and writes in all, for progress, when the file that it makes has so many bytes. */
    long archivedBytes(long fileBytes);

    /**
     * Why the file of a backup, one of this kind, cannot be restored here; empty when it can. What is tried for this leaves nothing
     * behind, and what is loaded for it is counted.
     */
    List<String> objections(Path file, Meter meter);

    /**
     * Lays the data of the file beside the present ones; Metabase sees no change. What is read and written is counted. Throws
     * {@code Damaged} when the file holds no such data.
     */
    void stage(Path file, RunMark mark, Meter meter);

    /** Exchanges the present data for the staged ones; Metabase does not run meanwhile. Throws {@code Failed} when none are staged. */
    void swapIn(RunMark mark);

    /** Puts the old data back, however far the restore came; what had replaced them is kept aside. */
    void swapBack(RunMark mark);

    /** Removes for good what the restore had brought, once the old data are back. */
    void dropNew(RunMark mark);

    /** Removes for good what the restore replaced. */
    void drop(RunMark mark);

    /** What is there of trials of a backup's file: of those that go on, and of those whose process was killed. */
    SortedSet<String> trials();

    /**
     * Ends programs and sessions that earlier, killed runs left there, and removes what they left of trials; a line for each. For the
     * holder of the lock only.
     */
    List<String> endEarlierRuns();
}
