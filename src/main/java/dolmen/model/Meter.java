package dolmen.model;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/** Counts the bytes that one step moves, for its progress. Any thread may count; a call costs next to nothing. */
public interface Meter {
    /** Counts nothing. */
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

    /** Announces so many bytes more than were announced before; fewer when negative. */
    void expect(long bytes);

    /** Says that about so many bytes are to come in all. This no longer counts once more bytes are done, or some are announced. */
    void guess(long bytes);

    /**
     * Adds what {@code bytes} gives to the bytes that are done, whenever progress is shown, until the next call of this method. It
     * must not throw.
     */
    void follow(LongSupplier bytes);

    /** Counts so many bytes as done; a negative number takes back those that must be done again. */
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
