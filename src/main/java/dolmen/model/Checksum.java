package dolmen.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The SHA-256 of a file, a text or some bytes, in lower-case hexadecimal digits. */
public record Checksum(@JsonValue String sha256) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Checksum {
        if (!FORM.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
    }

    /** The checksum that this text is; empty when it has another form. */
    public static Optional<Checksum> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Checksum(text)) : Optional.empty();
    }

    /** A new digest whose result {@link #of(MessageDigest)} takes. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** The SHA-256 of a text in UTF-8. */
    public static Checksum of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 of these bytes. */
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
