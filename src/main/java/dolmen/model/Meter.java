package dolmen.model;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/** Counts the bytes that one step moves. Any thread may count, and it costs next to nothing. */
public interface Meter {
    /** Where nobody looks. */
    Meter NONE = new Meter() {
        @Override
        public void expect(long bytes) {}

        @Override
        public void guess(long bytes) {}

        @Override
        public void follow(LongSupplier bytes) {}

        @Override
        public void add(long bytes) {}
    };

    /** So many bytes are to come beside those that were announced before; fewer when negative. */
    void expect(long bytes);

    /** About so many bytes are to come in all; forgotten when there are more, or when some are announced. */
    void guess(long bytes);

    /**
     * So many bytes are done beside those that are counted, asked for whenever somebody looks, until the next call; it must
     * not throw.
     */
    void follow(LongSupplier bytes);

    /** So many bytes are done; negative for those that must be done again. */
    void add(long bytes);

    /** The stream, counted while it is read. */
    default InputStream reading(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                int single = in.read();
                add(single < 0 ? 0 : 1);
                return single;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int done = in.read(buffer, offset, length);
                add(Math.max(0, done));
                return done;
            }

            @Override
            public long skip(long length) throws IOException {
                long done = in.skip(length);
                add(done);
                return done;
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }

    /** The stream, counted while it is written. */
    default OutputStream writing(OutputStream stream) {
        return new FilterOutputStream(stream) {
            @Override
            public void write(int single) throws IOException {
                out.write(single);
                add(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                add(length);
            }
        };
    }
}
