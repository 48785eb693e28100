package dolmen.backup;

import dolmen.catalog.BackupSender.Sent;
import dolmen.catalog.Catalog;
import dolmen.catalog.RemoteCatalog;
import dolmen.catalog.Unsent;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.StackIdentity;
import dolmen.model.Step;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unavailable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads the published backup and those of its stack before it whose upload failed, where a bucket is set; what was sent is not sent again. */
public final class UploadBackup implements Step<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(UploadBackup.class);

    private final Catalog catalog;
    private final Optional<RemoteCatalog> remote;
    private final Function<StackIdentity, Optional<Label>> newestThere;

    /** {@code newestThere} finds the newest backup of a stack in the bucket. */
    public UploadBackup(
            Catalog catalog, Optional<RemoteCatalog> remote, Function<StackIdentity, Optional<Label>> newestThere) {
        this.catalog = catalog;
        this.remote = remote;
        this.newestThere = newestThere;
    }

    @Override
    public BackupRun run(BackupRun backup) {
        if (remote.isEmpty()) {
            return backup;
        }
        return upload(backup);
    }

    private BackupRun upload(BackupRun backup) {
        String here = "backup " + backup.label() + " is published here, but not uploaded: ";
        String goOn = " The next backup goes on with it, or `dolmen upload " + backup.label() + "`.";
        try {
            return send(backup, remote.orElseThrow());
        } catch (Unavailable failure) {
            throw new Unavailable(here + failure.getMessage(), failure.hint() + goOn, failure);
        } catch (Refused failure) {
            throw new Refused(here + failure.getMessage(), failure.hint());
        } catch (Failed failure) {
            throw new Failed(here + failure.getMessage(), failure.hint() + goOn, failure);
        }
    }

    private BackupRun send(BackupRun backup, RemoteCatalog bucket) {
        List<Label> here = catalog.labels().stream()
                .filter(label -> label.compareTo(backup.label()) <= 0)
                .toList();
        List<Label> there = newestThere.apply(backup.stack()).stream().toList();
        List<Backup> due = Unsent.of(here, there, catalog.ahead()).stream()
                .map(catalog::find)
                .filter(each -> backup.stack().is(each.manifest().stack())
                        || each.manifest().label().equals(backup.label()))
                .toList();
        BackupRun told = backup;
        for (Backup each : due) {
            Label label = each.manifest().label();
            Sent uploaded = bucket.upload(each, catalog.folder());
            LOG.info("uploaded {} of {} bytes of {} to {}", uploaded.sent(), uploaded.bytes(), label, bucket.place());
            told = told.tell("uploaded " + label + " to " + bucket.place() + ": " + uploaded.sent()
                    + " bytes were sent, all read back");
        }
        return told;
    }
}
