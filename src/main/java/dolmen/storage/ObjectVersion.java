package dolmen.storage;

/**
 * A version of an object: its key, the id by which it is removed for good, its size in bytes, and whether it is a delete marker,
 * which hides older ones.
 */
public record ObjectVersion(String key, String id, long bytes, boolean isMarker) {}
