package dolmen.catalog;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Backup;
import dolmen.model.Meter;
import dolmen.model.Retention;
import java.nio.file.Path;

/** An endpoint for copies as a place that backups are sent to: what it acknowledges counts, and nothing is removed there. */
public final class CopyTarget implements SendTarget {
    private final CopyRecords records;
    private final BackupStore store;

    /** {@code place} is how a person calls it. */
    public CopyTarget(CopyRecords records, FileSender line, String place) {
        this.records = records;
        this.store = new CopyStore(records.acknowledged(), line, place);
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public Sent send(Backup backup, Path catalog, Meter meter) {
        Sent sent = new BackupSender(store, meter).send(backup, catalog);
        records.end(backup.manifest().label());
        return sent;
    }

    @Override
    public SentRecords records() {
        return records;
    }

    @Override
    public Retention retention() {
        return Retention.NONE;
    }
}
