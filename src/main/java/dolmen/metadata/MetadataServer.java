package dolmen.metadata;

import java.util.Optional;

/**
 * A server of Druid's metadata as its user sees it: versions of the server and of its client programs, whether the live database
 * exists and its size in bytes, and what keeps the user from dumping it and from replacing it by another.
 */
public record MetadataServer(
        String version,
        String clientVersion,
        boolean hasDatabase,
        long databaseBytes,
        Optional<Obstacle> dumping,
        Optional<Obstacle> replacing) {
    /** What is in the way, and what to do about it. */
    public record Obstacle(String what, String hint) {}
}
