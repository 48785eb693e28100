package remote;

import dolmen.catalog.BackupFolders;
import dolmen.catalog.Catalog;
import dolmen.model.Backup;
import dolmen.model.Examination;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.pipeline.RemoteCatalog;
import dolmen.pipeline.RemoteCatalog.Uploaded;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Sends what is not in the bucket yet of a backup and of the archives that it needs, and reads it back. */
public final class SendBackup extends RouteBuilder {
    private final Catalog catalog;
    private final Supplier<RemoteCatalog> remote;
    private final Clock clock;

    /** The supplier throws {@code Refused} when no bucket is set. */
    public SendBackup(Catalog catalog, Supplier<RemoteCatalog> remote, Clock clock) {
        this.catalog = catalog;
        this.remote = remote;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:send-backup")
                .routeId("send-backup")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(Run.class, this::send);
    }

    private Report send(Run run) {
        Examination found = new BackupFolders(catalog).find(run.request());
        RemoteCatalog bucket = remote.get();
        Uploaded uploaded =
                bucket.upload(new Backup(found.folder(), found.manifest().orElseThrow()), catalog.folder());
        return Report.success(
                run,
                "uploaded " + found.name() + " to " + bucket.place(),
                List.of(uploaded.sent() + " of " + uploaded.bytes() + " bytes were sent, all read back"),
                clock.instant());
    }
}
