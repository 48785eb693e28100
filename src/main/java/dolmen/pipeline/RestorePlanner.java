package dolmen.pipeline;

import dolmen.metadata.MetadataDumpReader;
import dolmen.metadata.MetadataStore;
import dolmen.metadata.RestoreScript;
import dolmen.metadata.ServerInfo;
import dolmen.model.Artifact;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Refused;
import dolmen.segments.LoadPaths;
import dolmen.segments.SegmentRestore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Says what a restore would do to the stack as it is now, and why it could not succeed. Changes nothing. */
public final class RestorePlanner implements Function<RestoreRun, Plan> {
    private static final long SPARE = 64L << 20;

    private final MetadataStore metadata;
    private final SegmentRestore segments;
    private final MetabaseData metabase;
    private final String sharedPath;
    private final Supplier<StackIdentity> stack;

    public RestorePlanner(
            MetadataStore metadata,
            SegmentRestore segments,
            MetabaseData metabase,
            String sharedPath,
            Supplier<StackIdentity> stack) {
        this.sharedPath = sharedPath;
        this.metabase = metabase;
        this.metadata = metadata;
        this.segments = segments;
        this.stack = stack;
    }

    @Override
    public Plan apply(RestoreRun restore) {
        List<String> lines = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        lines.add("restore " + restore.source().name());
        metadata(restore, lines, refusals);
        segments(restore, lines, refusals);
        identity(restore, lines);
        metabase(restore, lines, refusals);
        return new Plan(lines, refusals);
    }

    private void metadata(RestoreRun restore, List<String> lines, List<String> refusals) {
        ServerInfo server = metadata.server();
        lines.add("metadata: " + restore.dump().totalRows() + " rows replace the database "
                + metadata.names().live() + " (" + server.databaseBytes() + " bytes) on PostgreSQL "
                + server.version());
        try {
            new RestoreScript(server).check(restore.dump());
        } catch (Refused older) {
            refusals.add(older.getMessage());
        }
    }

    private void segments(RestoreRun restore, List<String> lines, List<String> refusals) {
        long free = segments.freeBytes();
        lines.add("segments: " + restore.source().files() + " files, "
                + restore.source().bytes() + " bytes, on " + free + " free bytes");
        LoadPaths.foreign(MetadataDumpReader.usedSegments(restore.source().file(Artifact.METADATA_DUMP)), sharedPath)
                .forEach((prefix, count) -> refusals.add(count + " used segments lie in " + prefix
                        + ", the shared folder of this stack is " + sharedPath));
        segments.checkCaches();
        if (free < restore.source().bytes() + SPARE) {
            refusals.add("the shared volume has " + free + " free bytes, the segments need "
                    + restore.source().bytes());
        }
    }

    private void metabase(RestoreRun restore, List<String> lines, List<String> refusals) {
        if (!restore.withMetabase()) {
            lines.add("Metabase is left as it is");
            return;
        }
        lines.add("Metabase's database is replaced");
        metabase.held(restore.source()).map(metabase::compare).ifPresent(comparison -> {
            refusals.addAll(comparison.refusals());
            comparison.warnings().forEach(warning -> lines.add("warning: " + warning));
        });
    }

    private void identity(RestoreRun restore, List<String> lines) {
        restore.source().manifest().ifPresent(manifest -> {
            StackIdentity here = stack.get();
            boolean same = here.systemIdentifier().equals(manifest.stack().systemIdentifier());
            lines.add(
                    same
                            ? "the backup is of this stack"
                            : "the backup is of another stack (project "
                                    + manifest.stack().project().orElse("unknown") + ")");
        });
    }
}
