package backup;

import dolmen.backup.ExpectedBytes;
import dolmen.metabase.MetabaseApi;
import dolmen.metabase.MetabaseData;
import dolmen.model.ApplicationDatabase;
import dolmen.model.ApplicationDatabase.Kind;
import dolmen.model.BackupRun;
import dolmen.model.MetabaseSaid;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Copies Metabase's database: its H2 files while it is stopped for the copy, or a dump of its PostgreSQL tables; asks it before. */
public final class ArchiveMetabase extends RouteBuilder {
    private final MetabaseData metabase;
    private final MetabaseApi api;
    private final ExpectedBytes guess;

    public ArchiveMetabase(MetabaseData metabase, MetabaseApi api, ExpectedBytes guess) {
        this.metabase = metabase;
        this.api = api;
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
        MetabaseSaid said = api.ask();
        ApplicationDatabase archived =
                metabase.archive(backup.staging(), backup.run().id());
        return archived.kind() == Kind.NONE
                ? backup.withMetabase(archived)
                : backup.withMetabase(archived.saying(said)).tell(said.words());
    }
}
