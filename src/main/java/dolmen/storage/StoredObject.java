package dolmen.storage;

import dolmen.model.Checksum;
import java.util.Optional;

/** An object of a store: its key, its size in bytes, and the SHA-256 that it was stored with. */
public record StoredObject(String key, long bytes, Optional<Checksum> sha256) {}
