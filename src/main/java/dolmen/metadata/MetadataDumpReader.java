package dolmen.metadata;

import dolmen.database.postgres.DumpParts;
import dolmen.database.postgres.DumpProfile;
import dolmen.database.postgres.DumpRows;
import dolmen.database.postgres.DumpScanner;
import dolmen.database.postgres.DumpTotals;
import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.Meter;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrints;
import dolmen.model.StepFailure;
import dolmen.model.UsedSegments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a plain dump of PostgreSQL 10 to 17 from its begin to its end, with flat memory: counts the rows of each
 * table, hands out each used segment, and throws {@code Damaged}, with the line, when anything is missing, cut or
 * foreign.
 */
public final class MetadataDumpReader {
    private MetadataDumpReader() {}

    /** Reads a dump of Druid's metadata. */
    public static DumpSummary read(Path dump, Consumer<SegmentEntry> usedSegments) {
        return read(dump, DumpProfile.DRUID, usedSegments);
    }

    /** The same; the bytes that are read are counted. */
    public static DumpSummary read(Path dump, Meter meter, Consumer<SegmentEntry> usedSegments) {
        return read(dump, DumpProfile.DRUID, meter, usedSegments);
    }

    /** Reads a dump of Druid's metadata; the caller closes the stream. */
    public static DumpSummary read(InputStream dump, Consumer<SegmentEntry> usedSegments) {
        return read(dump, DumpProfile.DRUID, usedSegments);
    }

    /** Reads a dump of a database of that profile. */
    public static DumpSummary read(Path dump, DumpProfile profile, Consumer<SegmentEntry> usedSegments) {
        return read(dump, profile, Meter.NONE, usedSegments);
    }

    /** The same; the bytes that are read are counted. */
    public static DumpSummary read(Path dump, DumpProfile profile, Meter meter, Consumer<SegmentEntry> usedSegments) {
        try (InputStream in = meter.reading(Files.newInputStream(dump))) {
            return summarize(in, profile, usedSegments);
        } catch (IOException unreadable) {
            throw unreadable(dump.toString(), unreadable);
        }
    }

    /** Reads a dump of a database of that profile; the caller closes the stream. */
    public static DumpSummary read(InputStream dump, DumpProfile profile, Consumer<SegmentEntry> usedSegments) {
        try {
            return summarize(dump, profile, usedSegments);
        } catch (IOException unreadable) {
            throw unreadable("the dump", unreadable);
        }
    }

    /** The used segments of a dump of Druid's metadata, read from the file at each call. */
    public static UsedSegments usedSegments(Path dump) {
        return usedSegments(dump, Meter.NONE);
    }

    /** The same; the bytes that are read at each call are counted. */
    public static UsedSegments usedSegments(Path dump, Meter meter) {
        return consumer -> read(dump, meter, consumer);
    }

    /** The fingerprints of the used segments of a dump of Druid's metadata, read from the file at each call. */
    public static SegmentPrints prints(Path dump) {
        return consumer -> scanned(dump, new DumpPrints(consumer));
    }

    /** What a dump of Druid's metadata holds beside segments. */
    public static MetadataContents contents(Path dump) {
        return scanned(dump, new DumpContents()).contents();
    }

    /** What a dump of Druid's metadata holds that is not Druid's; rows are read when two tables are compared. */
    public static ForeignObjects foreign(Path dump) {
        DumpObjects objects = scanned(dump, new DumpObjects());
        return new ForeignObjects(
                objects.list(), table -> scanned(dump, new DumpRows(table)).print(), true);
    }

    private static <T extends DumpParts> T scanned(Path dump, T parts) {
        try (InputStream in = Files.newInputStream(dump)) {
            DumpScanner.scan(in, parts);
            return parts;
        } catch (IOException unreadable) {
            throw unreadable(dump.toString(), unreadable);
        }
    }

    private static DumpSummary summarize(InputStream dump, DumpProfile profile, Consumer<SegmentEntry> usedSegments)
            throws IOException {
        DumpTotals totals = new DumpTotals(profile, usedSegments);
        DumpScanner.scan(dump, totals);
        return totals.summary();
    }

    private static StepFailure.Failed unreadable(String name, IOException cause) {
        return new StepFailure.Failed(
                "cannot read " + name + ": " + cause, "See whether the file is there and may be read.", cause);
    }
}
