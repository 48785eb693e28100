package dolmen.settings;

import dolmen.model.Road;
import java.util.List;
import java.util.Optional;

/**
 * The {@code dolmen.segments.*} block: the service whose volume holds deep storage, the path of the shared folder as
 * Druid sees it, the road that the bytes take (empty: the fastest that works), and the folders of segment caches, as
 * {@code service:path}, that a restore empties.
 */
public record SegmentsSettings(String service, String path, Optional<Road> road, List<String> caches) {
    public SegmentsSettings {
        caches = List.copyOf(caches);
    }
}
