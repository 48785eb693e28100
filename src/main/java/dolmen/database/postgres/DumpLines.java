package dolmen.database.postgres;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream cut into lines with flat memory: a line longer than the buffer comes in several slices. The bytes of a slice
 * are valid until the next one is asked for.
 */
final class DumpLines {
    private final InputStream in;
    private final byte[] buffer;
    private int filled;
    private int start;
    private int limit;
    private boolean begins;
    private boolean ends = true;
    private long number;

    DumpLines(InputStream in, int bufferSize) {
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    /** Moves to the next slice; false at the end of the stream. */
    boolean next() throws IOException {
        begins = ends;
        start = limit;
        int from = start;
        while (true) {
            int newline = newlineFrom(from);
            if (newline >= 0) {
                return slice(newline + 1, true);
            }
            int seen = filled - start;
            if (seen == buffer.length || !fill()) {
                return slice(filled, false);
            }
            from = start + seen;
        }
    }

    private boolean slice(int end, boolean whole) {
        limit = end;
        ends = whole;
        if (begins && limit > start) {
            number++;
        }
        return limit > start;
    }

    private int newlineFrom(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            start = 0;
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            return false;
        }
        filled += read;
        return true;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    /** Behind the slice, its newline included. */
    int limit() {
        return limit;
    }

    /** Behind the slice, its newline left out. */
    int end() {
        return ends ? limit - 1 : limit;
    }

    /** True when the slice is the begin of its line. */
    boolean begins() {
        return begins;
    }

    /** True when the slice ends with the newline of its line. */
    boolean ends() {
        return ends;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }
}
