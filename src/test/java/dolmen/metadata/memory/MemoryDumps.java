package dolmen.metadata.memory;

import dolmen.metadata.ForeignObjects;
import dolmen.metadata.MetadataDumps;
import dolmen.model.DatasourceSummary;
import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.Meter;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrints;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Dumps that are the rows as JSON, and a line behind them. */
final class MemoryDumps implements MetadataDumps {
    private static final String END = "\nend\n";

    static void write(MemoryRows rows, Path file) {
        try {
            Files.writeString(file, rows.json() + END);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    static MemoryRows rows(Path dump, Meter meter) {
        try (InputStream in = meter.reading(Files.newInputStream(dump))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.endsWith(END)) {
                throw new Damaged("the dump is cut", "Use another backup.");
            }
            return MemoryRows.read(text.substring(0, text.length() - END.length()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MemoryRows rows(Path dump) {
        return rows(dump, Meter.NONE);
    }

    @Override
    public DumpSummary read(Path dump, Meter meter, Consumer<SegmentEntry> usedSegments) {
        MemoryRows rows = rows(dump, meter);
        SortedMap<String, DatasourceSummary> datasources = new TreeMap<>();
        SortedMap<String, Long> loadSpecs = new TreeMap<>();
        rows.forEachUsed(row -> {
            SegmentEntry segment = row.entry();
            datasources.merge(segment.datasource(), DatasourceSummary.of(segment), (sum, one) -> sum.with(segment));
            loadSpecs.merge(segment.loadSpecType(), 1L, Long::sum);
            usedSegments.accept(segment);
        });
        return new DumpSummary("1.0", "1.0", rows.counts(), datasources, loadSpecs, new TreeSet<>());
    }

    @Override
    public SegmentPrints prints(Path dump) {
        return consumer -> MemoryView.prints(rows(dump), consumer);
    }

    @Override
    public MetadataContents contents(Path dump) {
        return MemoryView.contents(rows(dump));
    }

    @Override
    public ForeignObjects foreign(Path dump) {
        return MemoryView.foreign(rows(dump), true);
    }
}
