package dolmen.histories.model;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The bytes of a file of a segment, which are text here: how many rows it has, and letters that no other file has. */
public record Content(String text) {
    private static final String ROWS = "rows=";

    /** New bytes of about that size. */
    public static Content random(Random random, int rows, int size) {
        StringBuilder text = new StringBuilder(ROWS + rows + " ");
        while (text.length() < size) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return new Content(text.toString());
    }

    public static Content of(byte[] bytes) {
        return new Content(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The first half. */
    public Content cut() {
        return new Content(text.substring(0, text.length() / 2));
    }

    /** Whether it is the beginning of the other, filled up with zero bytes. */
    public boolean isZeroFilled(Content other) {
        String begin = text.replaceFirst("\0+$", "");
        return begin.length() < text.length() && text.length() == other.text.length() && other.text.startsWith(begin);
    }

    /** The rows that Druid would find in it; below 0 where it cannot be loaded. */
    public long rows() {
        int end = text.indexOf(' ');
        return text.startsWith(ROWS) && end > 0 && text.charAt(text.length() - 1) != '\0'
                ? Long.parseLong(text.substring(ROWS.length(), end))
                : -1;
    }
}
