package dolmen.storage;

import dolmen.model.Checksum;
import java.util.Optional;

/**
 * An object of a store: its key, its size in bytes, the SHA-256 that it was stored with (empty where Dolmen did not store it), and a tag,
 * which changes whenever the object is replaced.
 */
public record StoredObject(String key, long bytes, Optional<Checksum> sha256, String tag) {}
