package dolmen.settings;

import dolmen.model.Secret;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code dolmen.copy.*} block: the Camel endpoint that finished backups are copied to; its URI may hold a password. */
public record CopySettings(Optional<Secret> to) {
    static final Pattern ENDPOINT = Pattern.compile("[a-z][a-z0-9+.-]*:[^?\\s][^?]*(\\?[\\w.-]+=.*)?", Pattern.DOTALL);

    private static final Pattern USER = Pattern.compile("[?&]username=([^&]*)");

    public CopySettings {
        if (to.filter(uri -> !ENDPOINT.matcher(uri.reveal()).matches()).isPresent()) {
            throw new IllegalArgumentException("dolmen.copy.to is no Camel endpoint such as file:/mnt/nas/dolmen or"
                    + " sftp:backup@host/folder?password=RAW(...)");
        }
    }

    /** The component's name: what is before the first colon. */
    public String scheme() {
        String uri = to.orElseThrow().reveal();
        return uri.substring(0, uri.indexOf(':'));
    }

    /** The endpoint as messages show it: without user, password and options. */
    public String place() {
        return scheme() + ":" + address().replaceFirst("[\\s\\S]*@", "");
    }

    /** What no other place has: the endpoint with its user, in whose home a folder may be, but without passwords. */
    public String identity() {
        String user = address().contains("@") ? address().replaceFirst("[:@][\\s\\S]*", "") : "";
        Matcher option = USER.matcher(to.orElseThrow().reveal());
        return place() + " " + user.replace("/", "") + (option.find() ? option.group(1) : "");
    }

    private String address() {
        String uri = to.orElseThrow().reveal();
        return uri.substring(scheme().length() + 1).replaceFirst("\\?[\\s\\S]*", "");
    }
}
