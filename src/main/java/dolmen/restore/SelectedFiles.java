package dolmen.restore;

import dolmen.archive.SafeFiles;
import dolmen.deepstorage.DatasourceFiles;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import java.nio.file.Path;

/** Where the list of what a selection needs lies, and what is fetched of it, below a folder of this machine. */
public record SelectedFiles(Path scratch) {
    /** The files that a selection needs. */
    public DatasourceFiles of(RestoreRun restore) {
        BackupContents source = restore.source();
        return new DatasourceFiles(index(restore.run()), source.root().orElseThrow(), source.files(), source.bytes());
    }

    /** Removes what lies here of this run. */
    public void tidy(Run run) {
        SafeFiles.remove(folder(run));
    }

    /** One restore at a time, which removes what a killed one left; plans may be made beside it. */
    Path folder(Run run) {
        boolean plan = run.request().operation().readsOnly();
        return scratch.resolve(plan ? "plan-" + run.id() : "datasources");
    }

    Path index(Run run) {
        return folder(run).resolve(Artifact.SEGMENT_INDEX);
    }

    /** Whether the backup lies in the bucket, so that only its lists are here until the files are fetched. */
    boolean areFetched(RestoreRun restore) {
        return restore.source().folder().startsWith(folder(restore.run()));
    }
}
