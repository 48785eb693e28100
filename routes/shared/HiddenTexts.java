package shared;

import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The parts of an endpoint's URI that no message may show: the URI itself, a password before the host, and the values of its options
 * that {@link EndpointOptions} takes for secrets.
 */
public final class HiddenTexts {
    private final Set<String> hidden =
            new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private boolean understood = true;

    public HiddenTexts(String uri) {
        hide(uri);
        int options = uri.indexOf('?');
        String place = options < 0 ? uri : uri.substring(0, options);
        int host = place.lastIndexOf('@');
        int password = place.indexOf(':', uri.indexOf(':') + 1);
        if (password >= 0 && password < host) {
            hide(place.substring(password + 1, host));
        }
        if (options >= 0) {
            try {
                EndpointOptions.secrets(uri.substring(options + 1)).forEach(this::hide);
            } catch (URISyntaxException notRead) {
                understood = false;
            }
        }
    }

    /** For an HTTP address: its path may hold a token, and is hidden, too. */
    public static HiddenTexts withPath(String uri) {
        HiddenTexts texts = new HiddenTexts(uri);
        String place = uri.replaceFirst("\\?[\\s\\S]*", "");
        String path = place.replaceFirst("^[^:]*:/*[^/]*/?", "");
        Stream.concat(Stream.of(path), Stream.of(path.split("/")))
                .filter(part -> part.length() >= EndpointOptions.SHORT)
                .forEach(texts::hide);
        return texts;
    }

    private void hide(String text) {
        hidden.add(text);
        hidden.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
        try {
            hidden.add(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException plain) {
            // Not URL-encoded: a per cent sign that begins no code. There is nothing more to hide.
        }
    }

    /** The text with three asterisks in place of each; nothing of the text when the options cannot be read. */
    public String cleaned(String text) {
        if (!understood) {
            return "(not shown, since the options of the endpoint cannot be read)";
        }
        String clean = text;
        for (String secret : hidden) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
        }
        return clean;
    }
}
