package dolmen.backup;

import dolmen.catalog.BackupSender;
import dolmen.catalog.BackupSender.Sent;
import dolmen.catalog.Catalog;
import dolmen.model.BackupRun;
import dolmen.model.Step;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import java.util.Optional;

/** Copies the published backup, where an endpoint is set; what an earlier attempt sent is not sent again. */
public final class CopyBackup implements Step<BackupRun, BackupRun> {
    private final Catalog catalog;
    private final Optional<BackupSender> copy;

    public CopyBackup(Catalog catalog, Optional<BackupSender> copy) {
        this.catalog = catalog;
        this.copy = copy;
    }

    @Override
    public BackupRun run(BackupRun backup) {
        if (copy.isEmpty()) {
            return backup;
        }
        return copy(backup);
    }

    private BackupRun copy(BackupRun backup) {
        BackupSender there = copy.orElseThrow();
        Sent copied = send(backup, there);
        return backup.tell(
                "copied to " + there.place() + ": " + copied.files() + " files, " + copied.sent() + " bytes were sent");
    }

    private Sent send(BackupRun backup, BackupSender there) {
        String here = "backup " + backup.label() + " is published here, but not copied: ";
        String goOn = " `dolmen copy " + backup.label() + "` goes on with it.";
        try {
            return there.send(catalog.find(backup.label()), catalog.folder());
        } catch (Unavailable failure) {
            throw new Unavailable(here + failure.getMessage(), failure.hint() + goOn, failure);
        } catch (Failed failure) {
            throw new Failed(here + failure.getMessage(), failure.hint() + goOn, failure);
        }
    }
}
