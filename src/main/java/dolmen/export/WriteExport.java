package dolmen.export;

import dolmen.model.Meter;
import dolmen.model.MeteredStep;

/** Writes the dump, one archive of all segments, and Metabase's file. */
public final class WriteExport implements MeteredStep<ExportRun, ExportRun> {
    @Override
    public ExportRun run(ExportRun export, Meter meter) {
        BackupExport.write(export.backup(), export.folder(), meter);
        return export;
    }
}
