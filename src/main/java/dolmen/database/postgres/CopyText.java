package dolmen.database.postgres;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Fields of COPY's text format, and the two text forms of bytea inside them.
 *
 * @see <a href="https://www.postgresql.org/docs/17/sql-copy.html">PostgreSQL: COPY, text format</a>
 * @see <a href="https://www.postgresql.org/docs/17/datatype-binary.html">PostgreSQL: bytea</a>
 */
public final class CopyText {
    private static final byte[] DIGITS = digits();

    private CopyText() {}

    /** True when the field is SQL's null. */
    static boolean isNull(byte[] row, int from, int to) {
        return to - from == 2 && row[from] == '\\' && row[from + 1] == 'N';
    }

    /** The bytes that a field stands for. */
    public static byte[] unescape(byte[] row, int from, int to) {
        ByteArrayOutputStream value = new ByteArrayOutputStream(to - from);
        int i = from;
        while (i < to) {
            if (row[i] != '\\' || i + 1 == to) {
                value.write(row[i]);
                i++;
                continue;
            }
            i = escape(row, i + 1, to, value);
        }
        return value.toByteArray();
    }

    private static int escape(byte[] row, int at, int to, ByteArrayOutputStream value) {
        byte b = row[at];
        if (b >= '0' && b <= '7') {
            return number(row, at, Math.min(to, at + 3), 8, value);
        }
        if (b == 'x' && at + 1 < to && digit(row[at + 1], 16) >= 0) {
            return number(row, at + 1, Math.min(to, at + 3), 16, value);
        }
        value.write(
                switch (b) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'v' -> 0x0b;
                    default -> b;
                });
        return at + 1;
    }

    private static int number(byte[] row, int from, int to, int base, ByteArrayOutputStream value) {
        int number = 0;
        int i = from;
        while (i < to && digit(row[i], base) >= 0) {
            number = number * base + digit(row[i], base);
            i++;
        }
        value.write(number);
        return i;
    }

    /**
     * The bytes of a bytea field, in the hex or in the older escape form.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static byte[] bytea(byte[] row, int from, int to) {
        boolean hex = to - from >= 3 && row[from] == '\\' && row[from + 1] == '\\' && row[from + 2] == 'x';
        if (hex) {
            return hex(row, from + 3, to);
        }
        return octal(unescape(row, from, to));
    }

    private static byte[] hex(byte[] row, int from, int to) {
        if ((to - from) % 2 != 0) {
            throw new IllegalArgumentException("an odd number of hexadecimal digits");
        }
        byte[] value = new byte[(to - from) / 2];
        for (int i = 0; i < value.length; i++) {
            int high = digit(row[from + 2 * i], 16);
            int low = digit(row[from + 2 * i + 1], 16);
            if ((high | low) < 0) {
                throw new IllegalArgumentException("not a hexadecimal digit");
            }
            value[i] = (byte) (high << 4 | low);
        }
        return value;
    }

    private static byte[] octal(byte[] text) {
        ByteArrayOutputStream value = new ByteArrayOutputStream(text.length);
        int i = 0;
        while (i < text.length) {
            if (text[i] != '\\') {
                value.write(text[i]);
                i++;
            } else if (i + 1 < text.length && text[i + 1] == '\\') {
                value.write('\\');
                i += 2;
            } else {
                int end = Math.min(text.length, i + 4);
                if (number(text, i + 1, end, 8, value) != i + 4) {
                    throw new IllegalArgumentException("a backslash without three octal digits");
                }
                i += 4;
            }
        }
        return value.toByteArray();
    }

    private static int digit(byte b, int base) {
        int digit = b < 0 ? -1 : DIGITS[b];
        return digit < base ? digit : -1;
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) (HexFormat.isHexDigit(i) ? HexFormat.fromHexDigit(i) : -1);
        }
        return digits;
    }
}
