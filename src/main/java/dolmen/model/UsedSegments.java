package dolmen.model;

import java.util.function.Consumer;

/** The used segments of one metadata dump, read anew at each call and never held in memory as a whole. */
@FunctionalInterface
public interface UsedSegments {
    void forEach(Consumer<SegmentEntry> consumer);
}
