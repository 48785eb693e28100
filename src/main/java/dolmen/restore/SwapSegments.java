package dolmen.restore;

import dolmen.deepstorage.DeepStorage;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the staged segments into place and what was there aside, and empties the historicals' caches, which would
 * hide missing files. Comes before the metadata, so that no row is ever without its files.
 */
public final class SwapSegments implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SwapSegments.class);

    private final DeepStorage storage;

    public SwapSegments(DeepStorage storage) {
        this.storage = storage;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.SEGMENTS_SWAPPED);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = swap(restore);
        LOG.info("swapped the segments in");
        return done;
    }

    private RestoreRun swap(RestoreRun restore) {
        storage.placement(restore.run().mark()).swapIn();
        storage.emptyCaches();
        return restore.tell("segment caches: emptied");
    }
}
