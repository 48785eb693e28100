package dolmen.archive;

import java.io.IOException;

/** Tells a source that cannot be read from a target that cannot be written, where both happen in one call. */
final class ReadFailure extends IOException {
    private final IOException failure;

    ReadFailure(IOException failure) {
        super(failure);
        this.failure = failure;
    }

    IOException failure() {
        return failure;
    }
}
