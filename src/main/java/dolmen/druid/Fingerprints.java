package dolmen.druid;

import dolmen.model.Checksum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A set of ids that remembers 64 bits of each one's SHA-256: sixteen bytes per id, and among a million ids a chance of
 * about 1 to 37 million that any two are taken for each other.
 */
final class Fingerprints {
    private final MessageDigest digest = Checksum.digest();
    private long[] prints = new long[16];
    private long[] sorted = new long[0];
    private int size;

    void add(String id) {
        if (size == prints.length) {
            prints = Arrays.copyOf(prints, size + size / 2);
        }
        prints[size++] = print(id);
    }

    int size() {
        return size;
    }

    boolean holds(String id) {
        return position(id) >= 0;
    }

    /** The place of the id among the sorted ones, for a bit set; negative when it is not held. */
    int position(String id) {
        return find(print(id));
    }

    /** What is remembered of the id that was added after so many others. */
    long print(int place) {
        return prints[place];
    }

    /** As {@link #position}, by what is remembered of an id. */
    int find(long print) {
        if (sorted.length != size) {
            sorted = Arrays.copyOf(prints, size);
            Arrays.sort(sorted);
        }
        return Arrays.binarySearch(sorted, print);
    }

    private long print(String id) {
        return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
