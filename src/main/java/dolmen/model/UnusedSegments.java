package dolmen.model;

import java.util.Collection;
import java.util.function.Consumer;

/** The ids of the segments of some datasources that are in the metadata store but not used, asked for at each call. */
@FunctionalInterface
public interface UnusedSegments {
    /** Nobody knows any. */
    UnusedSegments UNKNOWN = (datasources, ids) -> {};

    void forEach(Collection<String> datasources, Consumer<String> ids);
}
