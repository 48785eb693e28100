package dolmen.http;

import java.util.Map;
import java.util.Optional;

/** An HTTP request: method, path without query, and those headers that are looked at here, their names in lower case. */
public record PageRequest(String method, String path, Map<String, String> headers) {
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

    /** Whether its method only reads. */
    public boolean reads() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
