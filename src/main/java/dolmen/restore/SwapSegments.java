package dolmen.restore;

import dolmen.deepstorage.local.SegmentRestore;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renames the unpacked segments into place and what was there aside, and empties the historicals' caches, which would
 * hide missing files. Comes before the metadata, so that no row is ever without its files.
 */
public final class SwapSegments implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SwapSegments.class);

    private final SegmentRestore segments;

    public SwapSegments(SegmentRestore segments) {
        this.segments = segments;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = swap(restore);
        LOG.info("swapped the segments in");
        return done;
    }

    private RestoreRun swap(RestoreRun restore) {
        segments.swapIn(restore.run().mark());
        segments.emptyCaches();
        return restore.tell("segment caches: emptied");
    }
}
