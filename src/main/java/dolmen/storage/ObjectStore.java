package dolmen.storage;

import dolmen.archive.TarSink;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import java.io.Closeable;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bucket. Every method throws {@code Unavailable} when the store does not answer or is overloaded, which may pass, and
 * {@code Failed} when it refuses.
 */
public interface ObjectStore extends Closeable {
    /**
     * Stores a file whose content is known, over an object that is there. Repeatable: an upload that was interrupted goes on
     * with the parts that are missing. Counts the bytes that are sent, and returns them.
     */
    long put(Path file, Artifact content, String key, Meter meter);

    /**
     * Begins an object whose content is not known yet, over one that is there: it is sent in parts from memory while it is
     * written, and it is there when the sink has finished. An unfinished one of this key is aborted first.
     */
    TarSink begin(String key);

    /** Stores a small object, over one that is there. */
    void put(String key, String text);

    /** The object of this key; empty when there is none. */
    Optional<StoredObject> find(String key);

    /** The object's content; the caller closes the stream. Throws {@code NothingToRestore} when there is none. */
    InputStream read(String key);

    /** {@code length} bytes of the object from an offset on; the caller closes the stream. */
    InputStream read(String key, long offset, long length);

    /** The keys that begin with this, sorted. */
    List<String> list(String prefix);

    /** Removes an object; nothing happens when there is none. */
    void delete(String key);

    /**
     * The versions of all keys that begin with this, in a bucket that keeps versions: by key, the oldest first, and the present one
     * last. Nothing where the bucket keeps none.
     */
    List<ObjectVersion> versions(String prefix);

    /** Whether the object of this key has a version id. Needs no more rights than to read the object, unlike {@link #versions}. */
    boolean isVersion(String key);

    /** Removes a version for good; one that was removed before is passed over. */
    void delete(ObjectVersion version);

    /** Aborts the unfinished uploads of keys that begin with this prefix, where they were begun before this time. Returns how many it aborted. */
    int abandon(String prefix, Instant before);

    @Override
    void close();
}
