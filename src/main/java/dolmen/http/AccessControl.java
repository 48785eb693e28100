package dolmen.http;

import dolmen.model.Secret;
import dolmen.settings.HttpSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Decides which requests are answered. Where credentials are set, a request must have them. Where none are, it must address this
 * machine by a loopback name, so that a web site whose name resolves to this machine (DNS rebinding) can read nothing. A request that
 * changes something must come from Dolmen's own page, or from a client that is no browser.
 */
final class AccessControl {
    private final HttpSettings settings;

    AccessControl(HttpSettings settings) {
        this.settings = settings;
    }

    /** Why the request is not answered; empty when it is. */
    Optional<PageResponse> refuse(PageRequest request) {
        if (settings.guarded() && !hasCredentials(request)) {
            return Optional.of(PageResponse.refusal(
                    401, "credentials are needed", "They are dolmen.http.user and password, or dolmen.http.token."));
        }
        if (!settings.guarded() && !HttpSettings.isLoopback(host(request))) {
            return Optional.of(PageResponse.refusal(
                    403,
                    "this Dolmen answers only to the names of its own machine",
                    "Ask for http://127.0.0.1, or set dolmen.http.user and dolmen.http.password-file."));
        }
        if (!request.reads() && !isFromOwnPage(request)) {
            return Optional.of(PageResponse.refusal(
                    403,
                    "this does not come from Dolmen's own page",
                    "Outside a browser send the header X-Dolmen: 1."));
        }
        return Optional.empty();
    }

    private boolean hasCredentials(PageRequest request) {
        String sent = request.header(PageRequest.AUTHORIZATION).orElse("");
        boolean user = settings.user().isPresent()
                && same(sent, "Basic " + base64(settings.user().get() + ":" + reveal(settings.password())));
        boolean bearer = settings.token().isPresent() && same(sent, "Bearer " + reveal(settings.token()));
        return user || bearer;
    }

    private static boolean isFromOwnPage(PageRequest request) {
        boolean sameSite = request.header(PageRequest.FETCH_SITE)
                .map("same-origin"::equals)
                .orElse(true);
        boolean sameOrigin = request.header(PageRequest.ORIGIN)
                .map(origin -> authority(origin).equals(request.header(PageRequest.HOST)))
                .orElse(true);
        return sameSite && sameOrigin && request.header(PageRequest.OWN).isPresent();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The host without its port and without the brackets of an IPv6 address. */
    private static String host(PageRequest request) {
        return request.header(PageRequest.HOST)
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

    /** Takes the same time wherever the two differ, so that the time tells nothing of the secret. */
    private static boolean same(String sent, String wanted) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }
}
