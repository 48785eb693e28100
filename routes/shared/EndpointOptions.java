package shared;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.URISupport;

/** The options of an endpoint's URI of which any can be a key. */
final class EndpointOptions {
    /** What has fewer letters is no key. */
    static final int SHORT = 4;

    private EndpointOptions() {}

    /** The values that must not show, as they are written and as Camel uses them. Throws for options that cannot be read. */
    static List<String> secrets(String options) throws URISyntaxException {
        Map<String, Object> raw = URISupport.parseQuery(options, true, true);
        Map<String, Object> used = URISupport.parseQuery(options, false, true);
        URISupport.resolveRawParameterValues(used);
        List<String> secrets = new ArrayList<>();
        for (Map<String, Object> read : List.of(raw, used)) {
            read.forEach((key, value) -> {
                if (isSecret(key, String.valueOf(value))) {
                    secrets.add(String.valueOf(value));
                }
            });
        }
        return secrets;
    }

    private static boolean isSecret(String key, String value) {
        boolean harmless = key.endsWith("File")
                || value.length() < SHORT
                || Set.of("true", "false").contains(value);
        return !harmless || SensitiveUtils.containsSensitive(key);
    }
}
