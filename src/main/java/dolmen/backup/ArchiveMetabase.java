package dolmen.backup;

import dolmen.metabase.MetabaseApi;
import dolmen.metabase.MetabaseData;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.BackupRun;
import dolmen.model.MetabaseSaid;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Metabase how much it holds, then copies its database: H2 files while Metabase is stopped, or a dump of its PostgreSQL tables. */
public final class ArchiveMetabase implements MeteredStep<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveMetabase.class);

    private final MetabaseData metabase;
    private final MetabaseApi api;
    private final ExpectedBytes guess;

    public ArchiveMetabase(MetabaseData metabase, MetabaseApi api, ExpectedBytes guess) {
        this.metabase = metabase;
        this.api = api;
        this.guess = guess;
    }

    @Override
    public BackupRun run(BackupRun backup, Meter meter) {
        BackupRun done = archive(backup, meter);
        LOG.info(
                "archived Metabase's database: {}, rows {}",
                done.metabase().orElseThrow().kind(),
                done.metabase().orElseThrow().counts());
        return done;
    }

    private BackupRun archive(BackupRun backup, Meter meter) {
        guess.metabase(metabase.database()::archivedBytes, meter);
        MetabaseSaid said = api.ask();
        ApplicationDatabaseCopy archived =
                metabase.archive(backup.staging(), backup.run().id(), meter);
        return archived.kind().equals(ApplicationDatabaseCopy.NONE)
                ? backup.withMetabase(archived)
                : backup.withMetabase(archived.saying(said)).tell(said.words());
    }
}
