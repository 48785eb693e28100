package dolmen.pipeline;

import dolmen.archive.PathIndex;
import dolmen.metadata.DruidTables;
import dolmen.metadata.MetadataDumpReader;
import dolmen.metadata.MetadataStore;
import dolmen.model.Artifact;
import dolmen.model.MetadataContents;
import dolmen.model.RestoreRun;
import dolmen.model.RunRequest;
import dolmen.model.StoredSupervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds what a restore would lose that was not there when it was planned: what came while it was prepared. */
public final class LateLosses {
    private final MetadataStore metadata;

    public LateLosses(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** The same restore, which knows what it would lose now. Only hashes are kept. */
    public RestoreRun foresee(RestoreRun restore) {
        PathIndex seen = new PathIndex();
        find(restore, seen::add);
        return restore.foreseeing(loss -> seen.find(loss) != PathIndex.ABSENT);
    }

    /** What it would lose now and did not foresee. */
    public List<String> since(RestoreRun restore) {
        List<String> late = new ArrayList<>();
        find(restore, loss -> {
            if (!restore.foreseen().test(loss)) {
                late.add(loss);
            }
        });
        return late;
    }

    private void find(RestoreRun restore, Consumer<String> losses) {
        String live = metadata.names().live();
        if (!metadata.exists(live)) {
            return;
        }
        DruidTables tables = metadata.tables(live);
        segments(restore, tables, losses);
        if (!restore.run().request().ofDatasources()) {
            metadata.readableRows(live).forEach((table, rows) -> {
                if (!restore.dump().rows().containsKey(table) && rows.orElse(1) > 0) {
                    losses.accept("table " + table);
                }
            });
            MetadataContents backup =
                    MetadataDumpReader.contents(restore.source().file(Artifact.METADATA_DUMP));
            supervisors(backup, tables.contents(), losses);
        }
    }

    private static void segments(RestoreRun restore, DruidTables tables, Consumer<String> losses) {
        RunRequest request = restore.run().request();
        PathIndex backup = new PathIndex();
        request.wanted(MetadataDumpReader.usedSegments(restore.source().file(Artifact.METADATA_DUMP)))
                .forEach(segment -> backup.add(segment.id()));
        tables.usedSegments((datasource, id) -> {
            boolean meant = !request.ofDatasources() || request.datasources().contains(datasource);
            if (meant && backup.find(id) == PathIndex.ABSENT) {
                losses.accept("segment " + id);
            }
        });
    }

    private static void supervisors(MetadataContents backup, MetadataContents live, Consumer<String> losses) {
        live.supervisors().values().stream().filter(StoredSupervisor::exists).forEach(supervisor -> {
            if (Optional.ofNullable(backup.supervisors().get(supervisor.id()))
                    .filter(StoredSupervisor::exists)
                    .isEmpty()) {
                losses.accept("supervisor " + supervisor.id());
            }
            for (String datasource : supervisor.datasources()) {
                String now = live.offsets().get(datasource);
                if (now != null && !now.equals(backup.offsets().getOrDefault(datasource, "none"))) {
                    losses.accept("offsets of " + datasource + " (supervisor " + supervisor.id() + ")");
                }
            }
        });
    }
}
