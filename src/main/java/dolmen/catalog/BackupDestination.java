package dolmen.catalog;

import dolmen.archive.TarTarget;
import dolmen.catalog.IncrementalBase.Found;
import dolmen.model.BackupRun;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StackIdentity;
import java.nio.file.Path;

/** Where a backup comes to be: in the catalog, or in the bucket alone. */
public interface BackupDestination {
    /** Removes what unfinished backups left; only for the holder of the lock. */
    void removeUnfinished();

    /** Refuses a backup of this stack that will not fit there. */
    void requireRoom(Kind kind, StackIdentity stack);

    /** Finds what an incremental backup builds on; what is read for it is counted. */
    Found base(StackIdentity stack, Meter meter);

    /** Where the segment archive goes while it is made. */
    TarTarget archive(Path staging, Label label);

    /** Whether all of a backup lies in its staging folder before it is published. */
    boolean isHere();

    /** Makes the backup exist, and counts what is moved for it; repeatable. */
    BackupRun publish(BackupRun backup, Meter meter);
}
