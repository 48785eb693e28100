package dolmen.model;

import java.util.function.Consumer;

/** The fingerprints of the used segments of one metadata dump or index, read anew at each call and never held in memory as a whole. */
@FunctionalInterface
public interface SegmentPrints {
    void forEach(Consumer<SegmentPrint> consumer);
}
