package dolmen.settings;

import dolmen.model.Secret;
import dolmen.model.StepFailure.Unusable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code dolmen.http.*} block: whether {@code dolmen run} serves its status page, on which address and port, and who
 * may look at it: a user with a password, or the bearer of a token.
 */
public record HttpSettings(
        boolean enabled,
        String address,
        int port,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Secret> token) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

    public HttpSettings {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("dolmen.http.port is not between 1 and 65535: " + port);
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    "of dolmen.http.user and dolmen.http.password one is set without the other");
        }
        if (enabled && !isLoopback(address) && user.isEmpty() && token.isEmpty()) {
            throw new Unusable(
                    "dolmen.http.address is " + address + ", which others can reach, and there are no credentials",
                    "Set dolmen.http.user and dolmen.http.password-file, or dolmen.http.token-file, or keep the"
                            + " address 127.0.0.1.");
        }
    }

    /** Whether only this machine reaches an address or a name. */
    public static boolean isLoopback(String name) {
        return LOOPBACK.matcher(name).matches();
    }

    /** Whether requests need credentials. */
    public boolean guarded() {
        return user.isPresent() || token.isPresent();
    }
}
