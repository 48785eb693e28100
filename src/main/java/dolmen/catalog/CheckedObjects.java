package dolmen.catalog;

import dolmen.archive.FileFailures;
import dolmen.archive.PartFile;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Unavailable;
import dolmen.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The objects of a bucket, each read from end to end and compared with what its manifest says. */
final class CheckedObjects {
    private final ObjectStore store;
    private final String place;

    /** {@code place} is how a person calls the bucket. */
    CheckedObjects(ObjectStore store, String place) {
        this.store = store;
        this.place = place;
    }

    /** Hands out the content; throws {@link Damaged} at its end when it is not what is expected. */
    void copy(String key, Artifact expected, Sink out) {
        MessageDigest digest = Checksum.digest();
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream content = open(key)) {
            for (int length = read(content, buffer, key); length >= 0; length = read(content, buffer, key)) {
                digest.update(buffer, 0, length);
                out.write(buffer, length);
                bytes += length;
            }
        } catch (IOException refused) {
            throw new Unavailable("closing " + key + " broke: " + refused.getMessage(), "Repeat it.", refused);
        }
        if (bytes != expected.bytes() || !Checksum.of(digest).equals(expected.sha256())) {
            throw new Damaged(
                    key + " in " + place + " is not what its manifest says",
                    "Remove it there, and upload this backup again if it is still here.");
        }
    }

    /** Writes an object into a file, which is there only when it is what is expected. */
    void fetch(String key, Artifact expected, Path file) {
        try (PartFile part = PartFile.create(file)) {
            OutputStream out = part.stream();
            copy(key, expected, (bytes, length) -> write(out, bytes, length, file));
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

    /** Copies a range to where the channel stands; its content is compared with no sum. */
    void copyRange(String key, long offset, long length, WritableByteChannel target) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = length;
        try (InputStream content = store.read(key, offset, length)) {
            for (int done = read(content, buffer, key); done >= 0; done = read(content, buffer, key)) {
                target.write(ByteBuffer.wrap(buffer, 0, done));
                left -= done;
            }
        } catch (NothingToRestore absent) {
            throw lacks(key, absent);
        }
        if (left != 0) {
            throw new Unavailable("reading " + key + " from " + place + " ended too early", "Repeat it.");
        }
    }

    /** Where content goes to; throws failures that name it. */
    interface Sink {
        void write(byte[] bytes, int length);
    }

    private InputStream open(String key) {
        try {
            return store.read(key);
        } catch (NothingToRestore absent) {
            throw lacks(key, absent);
        }
    }

    private Damaged lacks(String key, NothingToRestore absent) {
        return new Damaged(
                place + " lacks " + key + ", which its backup needs",
                "Upload this backup again, if it is still here.",
                absent);
    }

    private int read(InputStream content, byte[] buffer, String key) {
        try {
            return content.read(buffer);
        } catch (IOException broken) {
            throw new Unavailable(
                    "reading " + key + " from " + place + " broke: " + broken.getMessage(), "Repeat it.", broken);
        }
    }
}
