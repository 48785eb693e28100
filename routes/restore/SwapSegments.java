package restore;

import dolmen.deepstorage.local.SegmentRestore;
import dolmen.model.RestoreRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * Renames the unpacked segments into place and what was there aside, and empties the historicals' caches, which would
 * hide missing files. Comes before the metadata, so that no row is ever without its files.
 */
public final class SwapSegments extends RouteBuilder {
    private final SegmentRestore segments;

    public SwapSegments(SegmentRestore segments) {
        this.segments = segments;
    }

    @Override
    public void configure() {
        from("direct:swap-segments")
                .routeId("swap-segments")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::swap)
                .log("swapped the segments in");
    }

    private RestoreRun swap(RestoreRun restore) {
        segments.swapIn(restore.run().mark());
        segments.emptyCaches();
        return restore.tell("segment caches: emptied");
    }
}
