package dolmen.stack;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last 16 KiB of what is written to it, so that a flood of messages costs no memory. */
public final class Tail extends OutputStream {
    public static final int LIMIT = 16 * 1024;

    private final byte[] ring = new byte[LIMIT];
    private long written;

    @Override
    public synchronized void write(int one) {
        ring[(int) (written++ % LIMIT)] = (byte) one;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int at = Math.max(0, length - LIMIT); at < length; at++) {
            write(bytes[offset + at]);
        }
    }

    /** What was kept, without a line break at the end. */
    public synchronized String text() {
        int kept = (int) Math.min(written, LIMIT);
        byte[] bytes = new byte[kept];
        for (int at = 0; at < kept; at++) {
            bytes[at] = ring[(int) ((written - kept + at) % LIMIT)];
        }
        return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }
}
