package dolmen.export;

import dolmen.model.Meter;
import dolmen.model.Step;
import java.util.function.Supplier;

/** Writes the dump, one archive of all segments, and Metabase's file. */
public final class WriteExport implements Step<ExportRun, ExportRun> {
    private final Supplier<Meter> meters;

    public WriteExport(Supplier<Meter> meters) {
        this.meters = meters;
    }

    @Override
    public ExportRun run(ExportRun export) {
        BackupExport.write(export.backup(), export.folder(), meters.get());
        return export;
    }
}
