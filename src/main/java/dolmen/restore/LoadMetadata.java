package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.RestoreRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the dump into a side database and compares its rows per table; the live database is not touched. */
public final class LoadMetadata implements MeteredStep<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadMetadata.class);

    private final DruidMetadata metadata;

    public LoadMetadata(DruidMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        RestoreRun done = load(restore, meter);
        LOG.info("loaded {} rows of metadata into a side database", done.dump().totalRows());
        return done;
    }

    private RestoreRun load(RestoreRun restore, Meter meter) {
        metadata.load(restore.run().mark(), restore.source().file(Artifact.METADATA_DUMP), restore.dump(), meter);
        return restore.tell("metadata: " + restore.dump().totalRows() + " rows in "
                + restore.dump().rows().size() + " tables, equal to the backup's");
    }
}
