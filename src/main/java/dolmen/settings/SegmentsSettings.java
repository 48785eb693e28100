package dolmen.settings;

import dolmen.model.Transport;
import java.util.List;
import java.util.Optional;

/**
 * The {@code dolmen.segments.*} block: the service whose volume holds deep storage, the path of the shared folder as
 * Druid sees it, the transport that the bytes take (empty: the fastest that works), and the folders of segment caches, as
 * {@code service:path}, that a restore empties, and the largest number of bytes a second that a backup reads of the shared folder
 * (0: no limit).
 */
public record SegmentsSettings(
        String service, String path, Optional<Transport> transport, List<String> caches, long bytesPerSecond) {
    public SegmentsSettings {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("dolmen.segments.limit-mib is below 0");
        }
        path = path.length() > 1 ? path.replaceFirst("/+$", "") : path;
        caches = List.copyOf(caches);
    }

    /** Druid's word for this kind of deep storage, which load specs have as their type; there is no other yet. */
    public String type() {
        return "local";
    }

    /** Settings without a limit of bytes a second. */
    public SegmentsSettings(String service, String path, Optional<Transport> transport, List<String> caches) {
        this(service, path, transport, caches, 0);
    }
}
