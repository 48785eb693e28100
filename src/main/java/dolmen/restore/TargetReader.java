package dolmen.restore;

import dolmen.deepstorage.LoadPaths;
import dolmen.druid.PartitionSets;
import dolmen.druid.RuleForecast;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.MetadataDatabase;
import dolmen.metadata.MetadataDumps;
import dolmen.metadata.MetadataServer;
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

/** Reads what a plan has to know of the backup's dump and of the live metadata. Rows are streamed; only hashes of segments are held. */
public final class TargetReader {
    private final DruidMetadata metadata;
    private final Supplier<StackIdentity> identity;
    private final LoadPaths paths;
    private final RulesPlan rules;

    public TargetReader(DruidMetadata metadata, Supplier<StackIdentity> identity, LoadPaths paths, RulesPlan rules) {
        this.metadata = metadata;
        this.identity = identity;
        this.paths = paths;
        this.rules = rules;
    }

    Target read(RestoreRun restore) {
        Path dump = restore.source().file(Artifact.METADATA_DUMP);
        MetadataDumps dumps = metadata.dumps();
        MetadataContents backup = dumps.contents(dump);
        RuleForecast forecast = rules.forecast(
                backup.rules(),
                restore.dump().datasources().keySet(),
                restore.choice().loadAll());
        PartitionSets sets = new PartitionSets();
        SegmentDifference difference = new SegmentDifference();
        SortedMap<String, Long> foreign =
                paths.foreign(consumer -> dumps.usedSegments(dump).forEach(segment -> {
                    forecast.add(segment);
                    sets.add(segment);
                    consumer.accept(segment);
                }));
        dumps.prints(dump).forEach(difference::backup);
        MetadataServer server = metadata.server();
        MetadataDatabase database = metadata.live();
        List<String> lostForeign = List.of();
        MetadataContents live = MetadataContents.EMPTY;
        SortedMap<String, OptionalLong> rows = new TreeMap<>();
        if (server.hasDatabase()) {
            database.prints().forEach(difference::live);
            lostForeign = database.foreign().lostTo(dumps.foreign(dump));
            live = database.contents();
            rows.putAll(database.rows());
        }
        Passage passage = Passage.of(restore, identity.get());
        return new Target(
                database.name(),
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
