package dolmen.remote;

import dolmen.catalog.BackupSender.Sent;
import dolmen.catalog.Catalog;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.RemoteCatalog;
import dolmen.model.Backup;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.Step;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Sends what is not in the bucket yet of a backup and of the archives that it needs, and reads it back. */
public final class SendBackup implements Step<Run, Report> {
    private final Catalog catalog;
    private final OwnBackups own;
    private final Supplier<RemoteCatalog> remote;
    private final Clock clock;

    /** The supplier throws {@code Refused} when no bucket is set. */
    public SendBackup(Catalog catalog, OwnBackups own, Supplier<RemoteCatalog> remote, Clock clock) {
        this.catalog = catalog;
        this.own = own;
        this.remote = remote;
        this.clock = clock;
    }

    @Override
    public Report run(Run run) {
        Backup found = own.named(run.request(), catalog);
        RemoteCatalog bucket = remote.get();
        Sent uploaded = bucket.upload(found, catalog.folder());
        return Report.success(
                run,
                "uploaded backup " + found.manifest().label() + " to " + bucket.place(),
                List.of(uploaded.sent() + " of " + uploaded.bytes() + " bytes were sent, all read back"),
                clock.instant());
    }
}
