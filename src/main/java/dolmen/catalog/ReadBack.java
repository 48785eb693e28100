package dolmen.catalog;

import dolmen.archive.FileFailures;
import dolmen.archive.PartFile;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The files of a store, each read from end to end, counted, and compared with what its manifest says. */
final class ReadBack {
    private final BackupStore store;

    ReadBack(BackupStore store) {
        this.store = store;
    }

    /** Throws {@link Damaged} when the file is not this one. */
    void compare(Label label, Artifact expected, Meter meter) {
        copy(label, expected, meter, (bytes, length) -> {});
    }

    /** Writes a file of the store into one of this machine, which is there only when it is what is expected. */
    void fetch(Label label, Artifact expected, Path file, Meter meter) {
        try (PartFile part = PartFile.create(file)) {
            OutputStream out = part.stream();
            copy(label, expected, meter, (bytes, length) -> write(out, bytes, length, file));
            part.publish();
        } catch (IOException refused) {
            throw FileFailures.writing(file, refused);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length, Path file) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException refused) {
            throw FileFailures.writing(file, refused);
        }
    }

    /** Hands out the content; throws {@link Damaged} at its end when it is not what is expected. */
    private void copy(Label label, Artifact expected, Meter meter, Sink out) {
        String file = store.path(label, expected.name());
        MessageDigest digest = Checksum.digest();
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream content = meter.reading(store.open(label, expected.name()))) {
            for (int length = read(content, buffer, file); length >= 0; length = read(content, buffer, file)) {
                digest.update(buffer, 0, length);
                out.write(buffer, length);
                bytes += length;
            }
        } catch (IOException refused) {
            throw new Unavailable("closing " + file + " broke: " + refused.getMessage(), "Repeat it.", refused);
        }
        if (bytes != expected.bytes() || !Checksum.of(digest).equals(expected.sha256())) {
            throw new Damaged(
                    file + " in " + store.place() + " is not what its manifest says",
                    "Upload this backup again if it is still here: that replaces it. Where the bucket keeps versions, an"
                            + " older version of it may be whole.");
        }
    }

    /** Copies a range of a segment archive to where the channel stands; its content is compared with no sum. */
    void copyRange(Label label, long offset, long length, WritableByteChannel target, Meter meter) throws IOException {
        String file = store.path(label, Artifact.SEGMENT_ARCHIVE);
        byte[] buffer = new byte[1 << 16];
        long left = length;
        try (InputStream content = meter.reading(store.open(label, Artifact.SEGMENT_ARCHIVE, offset, length))) {
            for (int done = read(content, buffer, file); done >= 0; done = read(content, buffer, file)) {
                target.write(ByteBuffer.wrap(buffer, 0, done));
                left -= done;
            }
        }
        if (left != 0) {
            throw new Unavailable("reading " + file + " from " + store.place() + " ended too early", "Repeat it.");
        }
    }

    /** Where content goes to; throws failures that name it. */
    private interface Sink {
        void write(byte[] bytes, int length);
    }

    private int read(InputStream content, byte[] buffer, String file) {
        try {
            return content.read(buffer);
        } catch (IOException broken) {
            throw new Unavailable(
                    "reading " + file + " from " + store.place() + " broke: " + broken.getMessage(),
                    "Repeat it.",
                    broken);
        }
    }
}
