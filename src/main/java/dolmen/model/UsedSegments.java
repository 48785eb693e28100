package dolmen.model;

import java.util.Set;
import java.util.function.Consumer;

/** The used segments of one metadata dump, read anew at each call and never held in memory as a whole. */
@FunctionalInterface
public interface UsedSegments {
    void forEach(Consumer<SegmentEntry> consumer);

    /** These segments without those of the ids. */
    default UsedSegments without(Set<String> ids) {
        return consumer -> forEach(segment -> {
            if (!ids.contains(segment.id())) {
                consumer.accept(segment);
            }
        });
    }
}
