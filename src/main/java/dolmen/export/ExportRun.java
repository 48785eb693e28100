package dolmen.export;

import dolmen.model.BackupContents;
import dolmen.model.Run;
import dolmen.model.RunOptions.ExportOptions;
import java.nio.file.Path;

/** An export on its way: what was asked, and the backup that was found and read whole. */
public record ExportRun(Run run, BackupContents backup) {
    /** Where the files go to. */
    public Path folder() {
        return Path.of(run.request().options(ExportOptions.class).to());
    }
}
