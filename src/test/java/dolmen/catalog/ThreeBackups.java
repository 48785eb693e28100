package dolmen.catalog;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Label;
import dolmen.model.Meter;
import java.nio.file.Path;

/** A bucket and three backups that are not in it yet: the last one builds on the first, and on nothing else. */
final class ThreeBackups extends RealBucket {
    static final Label FULL = new Label("20261122-020000");
    static final Label UNNEEDED = new Label("20261123-020000");
    static final Label LAST = new Label("20261124-020000");
    static final int ARCHIVE = 24 << 20;

    ThreeBackups(Path folder) throws Exception {
        super(folder);
        SmallBackups.full(catalog, FULL, ARCHIVE);
        SmallBackups.full(catalog, UNNEEDED, 1000);
        SmallBackups.incremental(catalog, LAST, FULL);
    }

    Sent upload(Label label) {
        return remote.upload(catalog.find(label), catalog.folder(), Meter.NONE);
    }
}
