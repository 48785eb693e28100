package dolmen.metadata.postgres;

import dolmen.database.postgres.DumpReader;
import dolmen.database.postgres.DumpRows;
import dolmen.metadata.ForeignObjects;
import dolmen.metadata.MetadataDumps;
import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.Meter;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrints;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Dumps that pg_dump wrote in its plain format; what is damaged is named with its line. */
public final class PostgresDumps implements MetadataDumps {
    @Override
    public DumpSummary read(Path dump, Meter meter, Consumer<SegmentEntry> usedSegments) {
        return DumpReader.read(dump, new DruidProfile(usedSegments), meter);
    }

    @Override
    public SegmentPrints prints(Path dump) {
        return consumer -> DumpReader.scan(dump, new DumpPrints(consumer));
    }

    @Override
    public MetadataContents contents(Path dump) {
        return DumpReader.scan(dump, new DumpContents()).contents();
    }

    @Override
    public ForeignObjects foreign(Path dump) {
        return new ForeignObjects(
                DumpReader.scan(dump, new DumpObjects()).list(),
                table -> DumpReader.scan(dump, new DumpRows(table)).print(),
                true);
    }
}
