package dolmen.restore;

import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.ServerInfo;
import dolmen.deepstorage.LoadPaths;
import dolmen.druid.PartitionSets;
import dolmen.druid.RuleForecast;
import dolmen.metadata.DruidTables;
import dolmen.metadata.MetadataDumpReader;
import dolmen.model.Artifact;
import dolmen.model.MetadataContents;
import dolmen.model.RestoreRun;
import dolmen.model.StackIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads what a plan needs to know of the backup's dump and of the live metadata, with flat memory. */
public final class TargetReader {
    private final PostgresDatabase metadata;
    private final Supplier<StackIdentity> identity;
    private final String sharedPath;
    private final RulesPlan rules;

    public TargetReader(
            PostgresDatabase metadata, Supplier<StackIdentity> identity, String sharedPath, RulesPlan rules) {
        this.metadata = metadata;
        this.identity = identity;
        this.sharedPath = sharedPath;
        this.rules = rules;
    }

    Target read(RestoreRun restore) {
        Path dump = restore.source().file(Artifact.METADATA_DUMP);
        MetadataContents backup = MetadataDumpReader.contents(dump);
        RuleForecast forecast = rules.forecast(
                backup.rules(),
                restore.dump().datasources().keySet(),
                restore.run().request().loadAll());
        PartitionSets sets = new PartitionSets();
        SegmentDifference difference = new SegmentDifference();
        SortedMap<String, Long> foreign = LoadPaths.foreign(
                consumer -> MetadataDumpReader.usedSegments(dump).forEach(segment -> {
                    forecast.add(segment);
                    sets.add(segment);
                    consumer.accept(segment);
                }),
                sharedPath);
        MetadataDumpReader.prints(dump).forEach(difference::backup);
        ServerInfo server = metadata.server();
        String database = metadata.names().live();
        List<String> lostForeign = List.of();
        MetadataContents live = MetadataContents.EMPTY;
        SortedMap<String, OptionalLong> rows = new TreeMap<>();
        if (!server.encoding().isEmpty()) {
            DruidTables tables = metadata.tables(database);
            tables.prints().forEach(difference::live);
            lostForeign = metadata.foreign(database).lostTo(MetadataDumpReader.foreign(dump));
            live = tables.contents();
            rows.putAll(metadata.readableRows(database));
        }
        Passage passage = Passage.of(restore, identity.get());
        return new Target(
                database,
                server,
                passage,
                backup,
                live,
                rows,
                difference.byDatasource(),
                foreign,
                forecast,
                sets,
                lostForeign);
    }
}
