package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import dolmen.stack.Service;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Tells whether two stacks have the same {@code MB_ENCRYPTION_SECRET_KEY} without keeping it: a fingerprint
 * {@code pbkdf2:iterations:salt:hash}, slow on purpose, {@code none} without a key, {@code unknown} where a service's
 * environment cannot be read.
 */
final class EncryptionKey {
    static final String NONE = "none";

    private static final int ITERATIONS = 200_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final Pattern FORM =
            Pattern.compile("pbkdf2:(?<iterations>[1-9]\\d{0,8}):(?<salt>([0-9a-f]{2})+):[0-9a-f]+");

    private EncryptionKey() {}

    static String fingerprint(Service service) {
        if (service.environment().isEmpty()) {
            return ApplicationDatabaseCopy.UNKNOWN_KEY;
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return key(service).map(key -> fingerprint(key, ITERATIONS, salt)).orElse(NONE);
    }

    /** Why the service would not read what was written with the key of this fingerprint; empty when it would. */
    static Optional<String> difference(String fingerprint, Service service) {
        if (fingerprint.equals(ApplicationDatabaseCopy.UNKNOWN_KEY)
                || service.environment().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> key = key(service);
        if (fingerprint.equals(NONE)) {
            return key.map(set -> "MB_ENCRYPTION_SECRET_KEY is set now, but was not when the backup was made");
        }
        if (key.isEmpty()) {
            return Optional.of("MB_ENCRYPTION_SECRET_KEY is not set, but was when the backup was made:"
                    + " Metabase cannot read its connections");
        }
        Matcher known = FORM.matcher(fingerprint);
        if (!known.matches()) {
            return Optional.of(
                    "whether MB_ENCRYPTION_SECRET_KEY is the one of the backup cannot be compared: its fingerprint"
                            + " there has a form that this Dolmen does not know");
        }
        String now = fingerprint(
                key.get(),
                Integer.parseInt(known.group("iterations")),
                HexFormat.of().parseHex(known.group("salt")));
        return now.equals(fingerprint)
                ? Optional.empty()
                : Optional.of("MB_ENCRYPTION_SECRET_KEY is another one than when the backup was made:"
                        + " Metabase cannot read its connections");
    }

    private static Optional<String> key(Service service) {
        return service.variable("MB_ENCRYPTION_SECRET_KEY").filter(key -> !key.isBlank());
    }

    private static String fingerprint(String key, int iterations, byte[] salt) {
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(key.toCharArray(), salt, iterations, HASH_BITS))
                    .getEncoded();
            return "pbkdf2:" + iterations + ":" + HexFormat.of().formatHex(salt) + ":"
                    + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has PBKDF2", absent);
        }
    }
}
