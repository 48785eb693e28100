package dolmen.database.postgres;

import java.nio.charset.StandardCharsets;

/** A part of a dump outside of row data, byte for byte with its newlines, and the number of its first line. */
public record Piece(byte[] bytes, long line) {
    /** The text as UTF-8, without the space around it. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    /** The number of newlines in it. */
    int newlines() {
        int count = 0;
        for (byte b : bytes) {
            if (b == '\n') {
                count++;
            }
        }
        return count;
    }
}
