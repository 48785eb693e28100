package dolmen.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Text whose lines are short: one that is not ends the reading before it fills the memory. */
final class ShortLines extends FilterInputStream {
    private static final int LONGEST = 64 << 10;

    private int length;

    ShortLines(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        int done = super.read(buffer, offset, wanted);
        for (int at = offset; at < offset + done; at++) {
            length = buffer[at] == '\n' ? 0 : length + 1;
            if (length > LONGEST) {
                throw new ZipException("a line of more than " + LONGEST + " bytes");
            }
        }
        return done;
    }
}
