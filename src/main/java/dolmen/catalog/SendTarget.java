package dolmen.catalog;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Backup;
import dolmen.model.Meter;
import dolmen.model.Retention;
import java.nio.file.Path;

/** A place beside the catalog that finished backups are sent to. */
public interface SendTarget {
    /** How a person calls it. */
    String place();

    /**
     * Sends what is not proven there yet of a backup of this catalog and of what it needs, and proves it. What is sent and read
     * back is counted. Repeatable.
     */
    Sent send(Backup backup, Path catalog, Meter meter);

    /** What is on record of it. */
    SentRecords records();

    /** Which backups are kept there. */
    Retention retention();
}
