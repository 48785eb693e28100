package dolmen.examination;

import dolmen.metabase.MetabaseData;
import dolmen.model.BackupContents;
import dolmen.model.Step;

/** Reads the backup's copy of Metabase's database, where it has one: a file of H2 is opened, a dump read to its end marker. */
public final class ReadMetabase implements Step<BackupContents, BackupContents> {
    private final MetabaseData metabase;

    public ReadMetabase(MetabaseData metabase) {
        this.metabase = metabase;
    }

    @Override
    public BackupContents run(BackupContents backup) {
        BackupContents read = backup;
        for (String warning : metabase.read(backup)) {
            read = read.note("warning: " + warning);
        }
        return read;
    }
}
