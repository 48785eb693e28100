package dolmen.examination;

import dolmen.model.BackupContents;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;

/** Reads the segment archive from end to end, and proves that the backup holds every segment that the dump uses. */
public final class ReadArchive implements MeteredStep<BackupContents, BackupContents> {
    private final ArchiveExamination archives;

    public ReadArchive(ArchiveExamination archives) {
        this.archives = archives;
    }

    @Override
    public BackupContents run(BackupContents backup, Meter meter) {
        return archives.examine(backup, meter);
    }
}
