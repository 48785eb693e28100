package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How far a run has come, in the order in which runs pass them. A step's record in the journal names the milestone that the step
 * leads to, and rollback, undo and recovery go by the furthest one alone. A change that may be
 * half done counts as soon as its step begins; one that only counts when it is complete, once its step has succeeded.
 */
public enum Milestone {
    /** The run is written down, and has changed nothing. */
    BEGUN(Counts.FROM_ITS_BEGINNING),
    /** What the restore brings lies beside the live data, or files beside the live files. */
    SIDE_LOADED(Counts.FROM_ITS_BEGINNING),
    SERVICES_STOPPED(Counts.FROM_ITS_BEGINNING),
    SEGMENTS_SWAPPED(Counts.FROM_ITS_BEGINNING),
    METADATA_SWAPPED(Counts.FROM_ITS_BEGINNING),
    METABASE_SWAPPED(Counts.FROM_ITS_BEGINNING),
    /** The rows of single datasources are exchanged, beside running services. */
    ROWS_SWAPPED(Counts.FROM_ITS_BEGINNING),
    STARTED(Counts.FROM_ITS_BEGINNING),
    /** Druid serves what was restored. */
    VERIFIED(Counts.FROM_ITS_END),
    /** What the restore replaced is kept, or is being dropped. */
    KEPT(Counts.FROM_ITS_BEGINNING),
    /** What the undone restore had replaced has its old names again. */
    SWAPPED_BACK(Counts.FROM_ITS_BEGINNING),
    /** What the undone restore had brought is being dropped. */
    UNDONE(Counts.FROM_ITS_BEGINNING),
    /** The backup is in its place. */
    PUBLISHED(Counts.FROM_ITS_END),
    /** The restore is being rolled back, whichever milestone it had reached before. */
    TURNED_BACK(Counts.FROM_ITS_BEGINNING);

    private enum Counts {
        FROM_ITS_BEGINNING,
        FROM_ITS_END
    }

    private final Counts counts;

    Milestone(Counts counts) {
        this.counts = counts;
    }

    /** Whether the milestone counts as soon as its step has begun. */
    public boolean countsHalfDone() {
        return counts == Counts.FROM_ITS_BEGINNING;
    }

    /** The word in the journal. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
