package shared;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.URISupport;

/** Finds the secrets among the options of an endpoint's URI: any value can be a key, but for short ones, true, false and names of files. */
final class EndpointOptions {
    /** A value with fewer letters is taken for no key. */
    static final int SHORT = 4;

    private EndpointOptions() {}

    /** The values that must not be shown, both as they are written and as Camel decodes them. Throws where the options cannot be parsed. */
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
