package dolmen.settings;

import dolmen.model.Secret;
import java.util.List;

/**
 * The URI of a Camel endpoint that notices are sent to; it may hold passwords, and a token in its path. Several addresses of one key
 * that messages would show alike, such as two webhooks of one host, are numbered from 1.
 */
public record NoticeAddress(String key, Secret uri, int number) {
    public NoticeAddress {
        if (!CopySettings.ENDPOINT.matcher(uri.reveal()).matches()) {
            throw new IllegalArgumentException(key + " is no Camel endpoint such as https://hooks.example.org/token or"
                    + " smtp:host?username=dolmen&password=RAW(...)&to=ops@example.org");
        }
    }

    /** The first, or the only, address of its place. */
    public NoticeAddress(String key, Secret uri) {
        this(key, uri, 1);
    }

    /** This address with its number, by those before it. */
    NoticeAddress after(List<NoticeAddress> before) {
        long samePlace = before.stream()
                .filter(other -> other.key().equals(key) && other.place().equals(place()))
                .count();
        return new NoticeAddress(key, uri, 1 + (int) samePlace);
    }

    /** The component's name: what is before the first colon. */
    public String scheme() {
        return uri.reveal().substring(0, uri.reveal().indexOf(':'));
    }

    /** Whether it is reached by HTTP; then it gets JSON. */
    public boolean isHttp() {
        return scheme().equals("http") || scheme().equals("https");
    }

    /** The endpoint as messages show it: without user, password and options; of an HTTP address only the host. */
    public String place() {
        String address = uri.reveal().substring(scheme().length() + 1).replaceFirst("\\?[\\s\\S]*", "");
        if (isHttp()) {
            address = address.replaceFirst("^/*", "//").replaceFirst("^(//[^/]*)[\\s\\S]*", "$1");
        }
        return scheme() + ":" + (isHttp() ? "//" : "")
                + address.replaceFirst("[\\s\\S]*@", "").replaceFirst("^//", "");
    }

    /** The name that no other address of the settings has. */
    public String identity() {
        return key + " " + place() + (number == 1 ? "" : " " + number);
    }
}
