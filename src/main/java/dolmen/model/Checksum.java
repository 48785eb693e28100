package dolmen.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Lower-case hexadecimal SHA-256 of a file. */
public record Checksum(@JsonValue String sha256) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Checksum {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
    }

    /** A new digest whose result {@link #of(MessageDigest)} takes. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** That of a text, as UTF-8. */
    public static Checksum of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** That of these bytes. */
    public static Checksum of(byte[] bytes) {
        MessageDigest digest = digest();
        digest.update(bytes);
        return of(digest);
    }

    /** Ends the digest and takes its result. */
    public static Checksum of(MessageDigest digest) {
        return new Checksum(HexFormat.of().formatHex(digest.digest()));
    }
}
