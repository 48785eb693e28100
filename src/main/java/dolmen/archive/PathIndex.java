package dolmen.archive;

import dolmen.model.Checksum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A set of paths that numbers them from 0 in the order of their arrival, without keeping them: 128 bits of a SHA-256 stand
 * for each, so a million paths take about 30 MB. Two of them would meet by chance once in 10^26 sets.
 */
public final class PathIndex {
    /** What {@link #find} answers for a path that is not in the set. */
    public static final int ABSENT = -1;

    private final MessageDigest digest = Checksum.digest();
    private int[] slots = new int[1 << 10];
    private long[] high = new long[512];
    private long[] low = new long[512];
    private int size;

    /** The number of paths. */
    public int size() {
        return size;
    }

    /** The path's number, or {@link #ABSENT}. */
    public int find(String path) {
        ByteBuffer print = print(path);
        return slots[slot(print.getLong(0), print.getLong(8))] - 1;
    }

    /** The path's number; a new path gets the next one. */
    public int add(String path) {
        ByteBuffer print = print(path);
        long first = print.getLong(0);
        long second = print.getLong(8);
        int slot = slot(first, second);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        grow();
        high[size] = first;
        low[size] = second;
        slots[slot(first, second)] = size + 1;
        return size++;
    }

    private ByteBuffer print(String path) {
        return ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
    }

    private int slot(long first, long second) {
        int slot = (int) first & (slots.length - 1);
        while (slots[slot] != 0 && (high[slots[slot] - 1] != first || low[slots[slot] - 1] != second)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        if (size == high.length) {
            int larger = Math.addExact(size, size / 4);
            high = Arrays.copyOf(high, larger);
            low = Arrays.copyOf(low, larger);
        }
        if (size >= slots.length / 4 * 3) {
            slots = new int[Math.multiplyExact(slots.length, 2)];
            for (int i = 0; i < size; i++) {
                slots[slot(high[i], low[i])] = i + 1;
            }
        }
    }
}
