package dolmen.restore;

import dolmen.database.postgres.PostgresDatabase;
import dolmen.model.Artifact;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the dump into a side database and compares its rows per table; the live database is not touched. */
public final class LoadMetadata implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadMetadata.class);

    private final PostgresDatabase metadata;

    public LoadMetadata(PostgresDatabase metadata) {
        this.metadata = metadata;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = load(restore);
        LOG.info("loaded {} rows of metadata into a side database", done.dump().totalRows());
        return done;
    }

    private RestoreRun load(RestoreRun restore) {
        String side = metadata.names().fresh(restore.run().mark());
        metadata.createSide(side);
        metadata.loadSide(side, restore.source().file(Artifact.METADATA_DUMP), restore.dump());
        return restore.tell("metadata: " + restore.dump().totalRows() + " rows in "
                + restore.dump().rows().size() + " tables, equal to the backup's");
    }
}
