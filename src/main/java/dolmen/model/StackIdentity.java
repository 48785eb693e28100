package dolmen.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which stack a backup was taken of: the compose project, the system identifier of its PostgreSQL, and for each
 * container its id and image.
 */
public record StackIdentity(
        Optional<String> project, Optional<String> systemIdentifier, SortedMap<String, ContainerIdentity> containers) {
    public StackIdentity {
        containers = Collections.unmodifiableSortedMap(new TreeMap<>(containers));
    }

    /** Whether this is the stack that the other describes. */
    public Sameness compare(StackIdentity other) {
        if (systemIdentifier.isEmpty() || other.systemIdentifier().isEmpty()) {
            return Sameness.UNKNOWN;
        }
        return systemIdentifier.equals(other.systemIdentifier()) ? Sameness.SAME : Sameness.OTHER;
    }

    /** A container's id and the image it was made from. */
    public record ContainerIdentity(String id, String image) {}
}
