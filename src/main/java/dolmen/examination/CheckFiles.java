package dolmen.examination;

import dolmen.catalog.FileCheck;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;

/** Checks that every file of a backup is there with its size and its sum; the archive's sum is checked as it is read. */
public final class CheckFiles implements MeteredStep<BackupContents, BackupContents> {
    @Override
    public BackupContents run(BackupContents backup, Meter meter) {
        return FileCheck.check(backup, meter);
    }
}
