package backup;

import dolmen.archive.Digests;
import dolmen.backup.ExpectedBytes;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.model.DumpSummary;
import dolmen.model.HeapNeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Dumps the metadata in one snapshot; a pass begins here, since segments are pushed before their rows are published. */
public final class DumpMetadata extends RouteBuilder {
    private final PostgresDatabase metadata;
    private final ExpectedBytes guess;

    public DumpMetadata(PostgresDatabase metadata, ExpectedBytes guess) {
        this.metadata = metadata;
        this.guess = guess;
    }

    @Override
    public void configure() {
        from("direct:dump-metadata")
                .routeId("dump-metadata")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupRun.class, this::dump)
                .log("dumped ${body.dump.get.totalRows} rows, ${body.dump.get.usedSegments} used segments");
    }

    private BackupRun dump(BackupRun backup) {
        Path file = backup.staging().resolve(Artifact.METADATA_DUMP);
        guess.dump();
        List<String> warnings = new ArrayList<>();
        DumpSummary summary = metadata.dump(file, warnings::add);
        HeapNeed.require(summary.usedSegments());
        return backup.withDump(summary, Digests.artifact(file)).warn(warnings);
    }
}
