package dolmen.druid;

import java.net.URI;
import java.util.Optional;

/** One call to Druid: the method, the full address with its query, and a JSON body when there is one. */
public record DruidRequest(String method, URI uri, Optional<String> body) {
    public static DruidRequest get(URI uri) {
        return new DruidRequest("GET", uri, Optional.empty());
    }

    public static DruidRequest post(URI uri, String body) {
        return new DruidRequest("POST", uri, Optional.of(body));
    }

    /** This call to another address. */
    public DruidRequest to(URI other) {
        return new DruidRequest(method, other, body);
    }

    /** Method, address and path for messages, without the query. */
    public String what() {
        return method + " " + server() + uri.getRawPath();
    }

    /** Whether a router passes it on to the coordinator or the overlord that leads. */
    boolean isManagement() {
        String path = uri.getRawPath();
        return path.startsWith("/druid/coordinator/") || path.startsWith("/druid/indexer/");
    }

    /** Scheme, host and port for messages. */
    public String server() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
