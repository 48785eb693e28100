package dolmen.http;

import dolmen.model.Secret;
import dolmen.settings.HttpSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Who may ask: the bearer of the credentials, if there are any; else only what names this machine, so that a site whose
 * name was made to lead here cannot look. What changes something must come from our own page or from no browser.
 */
final class AccessControl {
    private final HttpSettings settings;

    AccessControl(HttpSettings settings) {
        this.settings = settings;
    }

    /** The refusal of a request that may not pass. */
    Optional<PageResponse> refuse(PageRequest ask) {
        if (settings.guarded() && !known(ask)) {
            return Optional.of(PageResponse.refusal(
                    401, "credentials are needed", "They are dolmen.http.user and password, or dolmen.http.token."));
        }
        if (!settings.guarded() && !HttpSettings.isLoopback(host(ask))) {
            return Optional.of(PageResponse.refusal(
                    403,
                    "this Dolmen answers only to the names of its own machine",
                    "Ask for http://127.0.0.1, or set dolmen.http.user and dolmen.http.password-file."));
        }
        if (!ask.reads() && !ofOwnPage(ask)) {
            return Optional.of(PageResponse.refusal(
                    403,
                    "this does not come from Dolmen's own page",
                    "Outside a browser send the header X-Dolmen: 1."));
        }
        return Optional.empty();
    }

    private boolean known(PageRequest ask) {
        String sent = ask.header(PageRequest.AUTHORIZATION).orElse("");
        boolean user = settings.user().isPresent()
                && same(sent, "Basic " + base64(settings.user().get() + ":" + reveal(settings.password())));
        boolean bearer = settings.token().isPresent() && same(sent, "Bearer " + reveal(settings.token()));
        return user || bearer;
    }

    private static boolean ofOwnPage(PageRequest ask) {
        boolean sameSite =
                ask.header(PageRequest.FETCH_SITE).map("same-origin"::equals).orElse(true);
        boolean sameOrigin = ask.header(PageRequest.ORIGIN)
                .map(origin -> authority(origin).equals(ask.header(PageRequest.HOST)))
                .orElse(true);
        return sameSite && sameOrigin && ask.header(PageRequest.OWN).isPresent();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The host without its port and without the brackets of an IPv6 address. */
    private static String host(PageRequest ask) {
        return ask.header(PageRequest.HOST)
                .orElse("")
                .replaceFirst(":\\d+$", "")
                .replaceAll("[\\[\\]]", "");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String reveal(Optional<Secret> secret) {
        return secret.orElseThrow().reveal();
    }

    /** Takes as long for a wrong first letter as for a wrong last one. */
    private static boolean same(String sent, String wanted) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }
}
