package dolmen.pipeline;

import dolmen.metadata.MetadataStore;
import dolmen.model.Run;
import dolmen.segments.SegmentRestore;

/** Takes a restore back, or drops what it replaced, by the run's mark; each part finds out how far it came. */
public final class RestoreUndo {
    private final MetadataStore metadata;
    private final SegmentRestore segments;
    private final MetabaseData metabase;

    public RestoreUndo(MetadataStore metadata, SegmentRestore segments, MetabaseData metabase) {
        this.metabase = metabase;
        this.metadata = metadata;
        this.segments = segments;
    }

    /** Everything is as it was before the run; the metadata first, so that no row is ever without its files. */
    public void putBack(Run run) {
        String mark = run.mark();
        if (metadata.exists(metadata.names().old(mark))) {
            metadata.swapBack(metadata.names().old(mark), metadata.names().aside(mark));
        }
        segments.swapBack(mark);
        segments.dropNew(mark);
        metadata.drop(metadata.names().aside(mark));
        metadata.drop(metadata.names().fresh(mark));
        if (!run.request().skipMetabase()) {
            metabase.swapBack(mark);
        }
    }

    /** What the run replaced is gone for good. */
    public void drop(String mark) {
        metadata.drop(metadata.names().old(mark));
        segments.dropOld(mark);
        metabase.drop(mark);
    }
}
