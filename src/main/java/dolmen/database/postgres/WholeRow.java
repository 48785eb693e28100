package dolmen.database.postgres;

import dolmen.database.postgres.DumpParts.Slice;
import java.util.Arrays;

/** One row of a dump, put together from its slices; {@code bytes} up to {@code length} are valid until it is cleared. */
public final class WholeRow {
    /** The longest row in bytes. */
    private static final int LIMIT = 32 << 20;

    private byte[] bytes = new byte[1 << 14];
    private int length;

    /** Throws {@code Damaged} for a row that is longer than any that is taken. */
    public void add(Slice slice, String table) {
        int added = slice.end() - slice.start();
        if (length + added > LIMIT) {
            throw DumpDamage.at(slice.line(), "a row of table " + table + " of more than " + LIMIT + " bytes");
        }
        if (length + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + added));
        }
        System.arraycopy(slice.bytes(), slice.start(), bytes, length, added);
        length += added;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }
}
