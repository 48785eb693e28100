package dolmen.settings;

import dolmen.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code dolmen.metabase.*} block: which kind of application database Metabase has, the service that runs
 * Metabase, the H2 file where the container's environment does not name it, the PostgreSQL database that holds
 * Metabase's tables, and where Metabase itself answers.
 */
public record MetabaseSettings(
        Kind kind,
        String service,
        Optional<String> file,
        String postgresService,
        Optional<String> database,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> host,
        int port,
        Optional<URI> url,
        Duration limit) {
    /** Where Metabase keeps its data; {@code AUTO} finds out from the container's environment. */
    public enum Kind {
        AUTO,
        H2,
        POSTGRES,
        NONE;

        /** The word used in settings and manifests. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
