package dolmen.stack;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A tar stream that ends with an error unless its last 1024 bytes are zeros, as the end of every tar is: an engine that
 * fails half-way ends the stream as if all was well.
 */
public final class WholeTarStream extends FilterInputStream {
    /** The bytes of the two empty blocks at the end of a tar. */
    private static final int END = 1024;

    private static final int SKIPPED_AT_ONCE = 64 * 1024;

    private final String what;
    private long zeros;

    /** The name is for the message. */
    public WholeTarStream(InputStream tar, String what) {
        super(tar);
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read < 0 && zeros < END) {
            throw new EOFException("the archive of " + what + " broke off");
        }
        if (read > 0) {
            count(bytes, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        if (wanted <= 0) {
            return 0;
        }
        // Skipped bytes are read, since the zeros at the end must be counted.
        byte[] bytes = new byte[(int) Math.min(wanted, SKIPPED_AT_ONCE)];
        return Math.max(0, read(bytes, 0, bytes.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(byte[] bytes, int offset, int read) {
        int trailing = 0;
        while (trailing < Math.min(read, END) && bytes[offset + read - 1 - trailing] == 0) {
            trailing++;
        }
        zeros = trailing == read ? zeros + read : trailing;
    }
}
