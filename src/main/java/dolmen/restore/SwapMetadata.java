package dolmen.restore;

import dolmen.database.postgres.PostgresDatabase;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renames the side database into place, and the live one aside, in one transaction. */
public final class SwapMetadata implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SwapMetadata.class);

    private final PostgresDatabase metadata;

    public SwapMetadata(PostgresDatabase metadata) {
        this.metadata = metadata;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = swap(restore);
        LOG.info("swapped the metadata in");
        return done;
    }

    private RestoreRun swap(RestoreRun restore) {
        String mark = restore.run().mark();
        metadata.swap(metadata.names().fresh(mark), metadata.names().old(mark));
        return restore;
    }
}
