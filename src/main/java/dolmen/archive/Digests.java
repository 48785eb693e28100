package dolmen.archive;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** SHA-256 of files, with flat memory. Throws {@code Failed} when a file cannot be read. */
public final class Digests {
    private Digests() {}

    public static Checksum of(Path file) {
        return artifact(file).sha256();
    }

    /** The file's name, its size as it was read, and its SHA-256. */
    public static Artifact artifact(Path file) {
        return artifact(file, Meter.NONE);
    }

    /** Also counts what is read. */
    public static Artifact artifact(Path file, Meter meter) {
        MessageDigest digest = Checksum.digest();
        byte[] buffer = new byte[1 << 18];
        long bytes = 0;
        try (InputStream content = Files.newInputStream(file)) {
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                digest.update(buffer, 0, length);
                bytes += length;
                meter.add(length);
            }
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
        return new Artifact(file.getFileName().toString(), bytes, Checksum.of(digest));
    }
}
