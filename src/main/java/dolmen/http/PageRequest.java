package dolmen.http;

import java.util.Map;
import java.util.Optional;

/** An HTTP request: method, path without query, and the headers that count, their names in lower case. */
public record PageRequest(String method, String path, Map<String, String> headers) {
    /** The headers that anything here looks at. */
    public static final String HOST = "host";

    public static final String ORIGIN = "origin";
    public static final String FETCH_SITE = "sec-fetch-site";
    public static final String AUTHORIZATION = "authorization";

    /** The header that only our own page sends: a browser lets no other site add it. */
    public static final String OWN = "x-dolmen";

    public PageRequest {
        headers = Map.copyOf(headers);
    }

    /** A header's value, if it was sent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether it only looks. */
    public boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
