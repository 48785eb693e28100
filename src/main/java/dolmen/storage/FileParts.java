package dolmen.storage;

import dolmen.archive.FileFailures;
import dolmen.model.Meter;
import dolmen.settings.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.commons.io.input.BoundedInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A file cut into the parts of an upload, numbered from 1; each is read anew whenever it is sent. */
final class FileParts {
    /** How many parts are sent at a time; they share the limit of bytes a second. */
    static final int AT_A_TIME = 4;

    private static final int MOST_PARTS = 10_000;

    private final Path file;
    private final long bytes;
    private final long partBytes;
    private final StorageSettings settings;
    private final Meter meter;

    FileParts(Path file, long bytes, StorageSettings settings, Meter meter) {
        this.file = file;
        this.bytes = bytes;
        this.partBytes = Math.max(settings.partBytes(), (bytes + MOST_PARTS - 1) / MOST_PARTS);
        this.settings = settings;
        this.meter = meter;
    }

    /** An MD5, as the two forms that S3 writes it in. */
    record Md5(byte[] sum) {
        static Md5 of(String text) {
            return new Md5(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
        }

        static MessageDigest digest() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has MD5", impossible);
            }
        }

        String base64() {
            return Base64.getEncoder().encodeToString(sum);
        }

        String hex() {
            return HexFormat.of().formatHex(sum);
        }
    }

    /** The number of parts, at least 1: an empty file has one, which is empty. */
    int count() {
        return (int) Math.max(1, (bytes + partBytes - 1) / partBytes);
    }

    long size(int part) {
        return Math.min(partBytes, bytes - offset(part));
    }

    private long offset(int part) {
        return (part - 1) * partBytes;
    }

    Md5 md5(int part) {
        try (InputStream content = open(part)) {
            MessageDigest digest = Md5.digest();
            byte[] buffer = new byte[1 << 16];
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                digest.update(buffer, 0, length);
            }
            return new Md5(digest.digest());
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }

    /** Takes a part that is in the store already from what the meter expects. */
    void skip(int part) {
        meter.expect(-size(part));
    }

    /** The part as the SDK sends it, and counts it on the way; made anew for each attempt. */
    RequestBody body(int part) {
        SentPart sent = new SentPart(meter, settings, Math.min(AT_A_TIME, count()));
        ContentStreamProvider content = () -> {
            try {
                return sent.begin(open(part));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
        return RequestBody.fromContentProvider(content, size(part), "application/octet-stream");
    }

    private InputStream open(int part) throws IOException {
        InputStream whole = Files.newInputStream(file);
        try {
            whole.skipNBytes(offset(part));
            return BoundedInputStream.builder()
                    .setInputStream(whole)
                    .setMaxCount(size(part))
                    .get();
        } catch (IOException unreadable) {
            whole.close();
            throw unreadable;
        }
    }
}
