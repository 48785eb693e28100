package dolmen.examination;

import dolmen.catalog.FileCheck;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import dolmen.model.Step;
import java.util.function.Supplier;

/** Checks that every file of a backup is there with its size and its sum; the archive's sum is checked as it is read. */
public final class CheckFiles implements Step<BackupContents, BackupContents> {
    private final Supplier<Meter> meters;

    public CheckFiles(Supplier<Meter> meters) {
        this.meters = meters;
    }

    @Override
    public BackupContents run(BackupContents backup) {
        return FileCheck.check(backup, meters.get());
    }
}
