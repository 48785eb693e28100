package dolmen.remote;

import dolmen.catalog.BackupSender;
import dolmen.catalog.BackupSender.Sent;
import dolmen.catalog.Catalog;
import dolmen.catalog.OwnBackups;
import dolmen.model.Backup;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.Step;
import dolmen.model.StepFailure.Refused;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Sends what was not copied yet of a backup and of the archives that it needs. */
public final class SendCopy implements Step<Run, Report> {
    private final Catalog catalog;
    private final OwnBackups own;
    private final Optional<BackupSender> copy;
    private final Clock clock;

    public SendCopy(Catalog catalog, OwnBackups own, Optional<BackupSender> copy, Clock clock) {
        this.catalog = catalog;
        this.own = own;
        this.copy = copy;
        this.clock = clock;
    }

    @Override
    public Report run(Run run) {
        BackupSender there =
                copy.orElseThrow(() -> new Refused("no endpoint for copies is set", "Set dolmen.copy.to."));
        Backup found = own.named(run.request(), catalog);
        Sent copied = there.send(found, catalog.folder());
        return Report.success(
                run,
                "copied backup " + found.manifest().label() + " to " + there.place(),
                List.of(copied.files() + " files, " + copied.sent() + " bytes were sent; the others were there"),
                clock.instant());
    }
}
