package dolmen.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a target that cannot be written from a source that cannot be read, where both happen in one call. */
final class OutputFailure extends IOException {
    private final IOException failure;

    private OutputFailure(IOException failure) {
        super(failure);
        this.failure = failure;
    }

    IOException failure() {
        return failure;
    }

    /** Marks what the stream behind it throws. */
    static final class Stream extends FilterOutputStream {
        Stream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException refused) {
                throw new OutputFailure(refused);
            }
        }
    }
}
