package dolmen.examination;

import dolmen.model.BackupContents;
import dolmen.model.Step;

/** Reads the segment archive from end to end, and proves that the backup holds every segment that the dump uses. */
public final class ReadArchive implements Step<BackupContents, BackupContents> {
    private final ArchiveExamination archives;

    public ReadArchive(ArchiveExamination archives) {
        this.archives = archives;
    }

    @Override
    public BackupContents run(BackupContents given) {
        return archives.examine(given);
    }
}
