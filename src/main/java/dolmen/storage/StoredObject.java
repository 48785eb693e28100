package dolmen.storage;

import dolmen.model.Checksum;
import java.util.Optional;

/**
 * An object of a store: its key, its size in bytes, the SHA-256 that it was stored with, and a text that is another one when
 * another object took its place.
 */
public record StoredObject(String key, long bytes, Optional<Checksum> sha256, String tag) {}
