package dolmen.database.postgres;

import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a plain dump of PostgreSQL 10 to 17 from its begin to its end, with flat memory: counts the rows of each
 * table, and throws {@code Damaged}, with the line, when anything is missing, cut or foreign.
 */
public final class DumpReader {
    private DumpReader() {}

    /** Reads a dump of a database of that profile; the bytes that are read are counted. */
    public static DumpSummary read(Path dump, DumpProfile profile, Meter meter) {
        try (InputStream in = meter.reading(Files.newInputStream(dump))) {
            return summarize(in, profile);
        } catch (IOException unreadable) {
            throw unreadable(dump.toString(), unreadable);
        }
    }

    /** Reads a dump of a database of that profile; the caller closes the stream. */
    public static DumpSummary read(InputStream dump, DumpProfile profile) {
        try {
            return summarize(dump, profile);
        } catch (IOException unreadable) {
            throw unreadable("the dump", unreadable);
        }
    }

    /** Hands out the parts of a dump, and returns what took them. */
    public static <T extends DumpParts> T scan(Path dump, T parts) {
        try (InputStream in = Files.newInputStream(dump)) {
            DumpScanner.scan(in, parts);
            return parts;
        } catch (IOException unreadable) {
            throw unreadable(dump.toString(), unreadable);
        }
    }

    private static DumpSummary summarize(InputStream dump, DumpProfile profile) throws IOException {
        DumpTotals totals = new DumpTotals(profile);
        DumpScanner.scan(dump, totals);
        return totals.summary();
    }

    private static StepFailure.Failed unreadable(String name, IOException cause) {
        return new StepFailure.Failed(
                "cannot read " + name + ": " + cause, "See whether the file is there and may be read.", cause);
    }
}
