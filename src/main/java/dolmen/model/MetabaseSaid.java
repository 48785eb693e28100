package dolmen.model;

import java.util.Optional;

/** What Metabase itself said over HTTP: whether it has users, and its version; or, as {@code silence}, why nothing is known. */
public record MetabaseSaid(Optional<Boolean> users, Optional<String> version, Optional<String> silence) {
    /** It said nothing, for this reason. */
    public static MetabaseSaid nothing(String reason) {
        return new MetabaseSaid(Optional.empty(), Optional.empty(), Optional.of(reason));
    }

    /** All of it in one line. */
    public String words() {
        return silence.map(reason -> "Metabase said nothing over HTTP: " + reason)
                .orElseGet(() -> "Metabase itself says: "
                        + version.map(text -> "version " + text + ", ").orElse("")
                        + (users.orElse(false) ? "it has users" : "it has no user"));
    }
}
