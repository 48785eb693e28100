package dolmen.druid;

import dolmen.model.Checksum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A set of ids that remembers 64 bits of each one's SHA-256: eight bytes per id, and among a million ids a chance of
 * about 1 to 37 million that any two are taken for each other.
 */
final class Fingerprints {
    private final MessageDigest digest = Checksum.digest();
    private long[] prints = new long[16];
    private int size;
    private boolean sorted = true;

    void add(String id) {
        if (size == prints.length) {
            prints = Arrays.copyOf(prints, size * 2);
        }
        prints[size++] = print(id);
        sorted = false;
    }

    int size() {
        return size;
    }

    boolean holds(String id) {
        return position(id) >= 0;
    }

    /** The place of the id among the sorted ones, for a bit set; negative when it is not held. */
    int position(String id) {
        if (!sorted) {
            Arrays.sort(prints, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(prints, 0, size, print(id));
    }

    private long print(String id) {
        return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
