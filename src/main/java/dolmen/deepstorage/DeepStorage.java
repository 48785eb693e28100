package dolmen.deepstorage;

import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The deep storage of a stack: where Druid keeps the files of its segments. A file is named by its path relative to the
 * root of {@link #paths()}. Nothing is kept in memory: every call looks anew, and another process sees what one has done.
 * Every method throws {@link dolmen.model.StepFailure.Unavailable} where trying again may help.
 */
public interface DeepStorage {
    /** How load specs name the files that are here; it is known without a look. */
    LoadPaths paths();

    /** What a person should know of it before a backup. Throws {@code Refused} where a backup would. Changes nothing. */
    List<Remark> check();

    /**
     * Saves the files that were asked for, while Druid runs, and their index. Files that are gone are passed over; whether
     * a segment lacks them is found out by comparing. Throws {@code Unavailable} when a file that a used segment needs
     * changes while it is read. Repeatable: nothing of an unfinished archive stays.
     */
    MadeArchive archive(ArchiveOrder order, Meter meter);

    /**
     * The files that are here now, without those that Dolmen keeps here. {@code bytes} is about what the caller's step has to
     * read, should the files come with their content.
     */
    SegmentFiles files(long bytes, Meter meter);

    /** Free bytes; empty where nothing tells a limit. */
    OptionalLong freeBytes();

    /** Whether it is known that what is written to this folder of this machine takes room here. */
    boolean isOnVolumeOf(Path folder);

    /** What the restore of this mark does here. */
    SegmentPlacement placement(RunMark run);

    /**
     * Throws {@code Refused} for a segment cache that {@link #emptyCaches()} could not empty once these services are stopped;
     * changes nothing.
     */
    void checkCaches(Set<String> stopped);

    /**
     * Deletes what is in the segment caches, so that nothing is served from them that deep storage no longer holds. Throws
     * {@code Refused} when one of their services runs.
     */
    void emptyCaches();
}
