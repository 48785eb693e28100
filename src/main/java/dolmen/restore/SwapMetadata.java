package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renames the side database into place, and the live one aside, in one transaction. */
public final class SwapMetadata implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SwapMetadata.class);

    private final DruidMetadata metadata;

    public SwapMetadata(DruidMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.METADATA_SWAPPED);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = swap(restore);
        LOG.info("swapped the metadata in");
        return done;
    }

    private RestoreRun swap(RestoreRun restore) {
        metadata.swap(restore.run().mark());
        return restore;
    }
}
