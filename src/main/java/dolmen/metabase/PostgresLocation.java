package dolmen.metabase;

import dolmen.model.Secret;
import java.util.Optional;

/**
 * Metabase's data in PostgreSQL: the service that runs the server, as the settings name it, the host and port as Metabase
 * names them, the database, and the user and password where they are known.
 */
public record PostgresLocation(
        String foundBy,
        String service,
        Optional<String> host,
        int port,
        String database,
        Optional<String> user,
        Optional<Secret> password)
        implements Located {}
