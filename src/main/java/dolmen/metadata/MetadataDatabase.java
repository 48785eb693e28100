package dolmen.metadata;

import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.SegmentPrints;
import dolmen.model.TaskRows;
import dolmen.model.UsedSegments;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One database with Druid's tables, the live one or one beside it. A table of another shape than Druid's is left alone, and noted;
 * without a table of segments there are none. All but {@link #exists} is for a database that exists.
 */
public interface MetadataDatabase {
    /** The name of the database at its server. */
    String name();

    boolean exists();

    /** The exact rows of every table, named as in {@link DumpSummary#rows()}; empty for those that this user may not read. */
    SortedMap<String, OptionalLong> rows();

    /** What it holds that is not Druid's. */
    ForeignObjects foreign();

    /** What Druid's tables hold beside segments. */
    MetadataContents contents();

    /** The fingerprints of the used segments, as {@link MetadataDumps#prints} has them; read anew at each call. */
    SegmentPrints prints();

    /** The number of used segments. */
    long countUsed();

    /** Streams the datasource and the id of every used segment. */
    void usedSegments(BiConsumer<String, String> consumer);

    /** Streams the ids of the segments of these datasources that are not used. */
    void unusedSegments(Collection<String> datasources, Consumer<String> ids);

    /** The used segments, read anew at each call. */
    UsedSegments usedSegments();

    /** All segments, those that are not used any more too. */
    UsedSegments allSegments();

    /**
     * Deletes active tasks, task locks and pending segments from this database, into which that dump was loaded. Says
     * how many rows of the dump are not there any more, so that it may be repeated.
     */
    TaskRows resetTasks(DumpSummary dump);

    /** Suspends every supervisor that would run; returns their ids. Repeatable. */
    SortedSet<String> suspendSupervisors();

    /** Gives these load rules to these datasources; nothing where there is no table of rules. Repeatable. */
    void give(LoadRules rules, Collection<String> datasources);
}
