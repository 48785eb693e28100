package dolmen.examination;

import dolmen.catalog.BackupFolders;
import dolmen.model.BackupContents;
import dolmen.model.Run;
import dolmen.model.Step;

/** Finds the backup that a run is about: one of the catalog, or a folder with a script's files. */
public final class FindBackup implements Step<Run, BackupContents> {
    private final BackupFolders folders;

    public FindBackup(BackupFolders folders) {
        this.folders = folders;
    }

    @Override
    public BackupContents run(Run run) {
        return folders.find(run.request());
    }
}
