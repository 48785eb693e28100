package dolmen.settings;

import dolmen.model.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code dolmen.copy.*} block: the Camel endpoint that finished backups are copied to; its URI may hold a password. */
public record CopySettings(Optional<Secret> to) {
    private static final Pattern ENDPOINT =
            Pattern.compile("[a-z][a-z0-9+.-]*:[^?\\s][^?]*(\\?[\\w.-]+=.*)?", Pattern.DOTALL);

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

    /** How a person calls the place: the endpoint without user, password and options. */
    public String place() {
        String uri = to.orElseThrow().reveal();
        String whole = uri.replaceFirst("\\?[\\s\\S]*", "");
        String rest = whole.substring(scheme().length() + 1).replaceFirst("^/*[\\s\\S]*@", "");
        return scheme() + ":" + rest;
    }
}
