package backup;

import dolmen.model.BackupRun;
import dolmen.pipeline.Guess;
import dolmen.pipeline.MetabaseData;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Copies Metabase's database: its H2 files while it is stopped for the copy, or a dump of its PostgreSQL tables. */
public final class ArchiveMetabase extends RouteBuilder {
    private final MetabaseData metabase;
    private final Guess guess;

    public ArchiveMetabase(MetabaseData metabase, Guess guess) {
        this.metabase = metabase;
        this.guess = guess;
    }

    @Override
    public void configure() {
        from("direct:archive-metabase")
                .routeId("archive-metabase")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupRun.class, this::archive)
                .log("archived Metabase's database: ${body.metabase.get.kind.word}, rows ${body.metabase.get.counts}");
    }

    private BackupRun archive(BackupRun backup) {
        guess.metabase();
        return backup.withMetabase(
                metabase.archive(backup.staging(), backup.run().id()));
    }
}
