package dolmen.catalog;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Backup;
import dolmen.model.Meter;
import dolmen.model.Retention;
import java.nio.file.Path;

/** The bucket as a place that backups are sent to: each is read back there. */
record BucketTarget(RemoteCatalog remote, BucketRecords records, Retention retention) implements SendTarget {
    @Override
    public String place() {
        return remote.place();
    }

    @Override
    public Sent send(Backup backup, Path catalog, Meter meter) {
        return remote.upload(backup, catalog, meter);
    }
}
