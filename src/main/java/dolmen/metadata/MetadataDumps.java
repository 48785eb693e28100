package dolmen.metadata;

import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.Meter;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrints;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads dumps of Druid's metadata from their begin to their end, with flat memory. */
public interface MetadataDumps {
    /**
     * Counts the rows of each table, hands out each used segment, and throws {@code Damaged} when anything is missing, cut or
     * foreign. The bytes that are read are counted.
     */
    DumpSummary read(Path dump, Meter meter, Consumer<SegmentEntry> usedSegments);

    /** The fingerprints of the used segments, read from the file at each call. */
    SegmentPrints prints(Path dump);

    /** What a dump holds beside segments. */
    MetadataContents contents(Path dump);

    /** What a dump holds that is not Druid's; rows are read when two tables are compared. */
    ForeignObjects foreign(Path dump);

    /** What {@link #read} tells, uncounted. */
    default DumpSummary read(Path dump, Consumer<SegmentEntry> usedSegments) {
        return read(dump, Meter.NONE, usedSegments);
    }

    /** The used segments of a dump, read from the file at each call. */
    default UsedSegments usedSegments(Path dump) {
        return usedSegments(dump, Meter.NONE);
    }

    /** The used segments of a dump, read from the file at each call and counted. */
    default UsedSegments usedSegments(Path dump, Meter meter) {
        return consumer -> read(dump, meter, consumer);
    }
}
