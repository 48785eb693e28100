package dolmen.catalog;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Backup;
import dolmen.model.Meter;
import dolmen.model.Retention;
import java.nio.file.Path;
import java.util.function.Supplier;

/** An endpoint for copies as a place that backups are sent to: what it acknowledges counts, and nothing is removed there. */
public final class CopyTarget implements SendTarget {
    private final CopyRecords records;
    private final BackupSender sender;

    /** {@code place} is how a person calls it. */
    public CopyTarget(CopyRecords records, FileSender line, String place, Supplier<Meter> meters) {
        this.records = records;
        this.sender = BackupSender.ofCopies(records.acknowledged(), line, place, meters);
    }

    @Override
    public String place() {
        return sender.place();
    }

    @Override
    public Sent send(Backup backup, Path catalog) {
        Sent sent = sender.send(backup, catalog);
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
