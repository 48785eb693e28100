package dolmen.settings;

import dolmen.model.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * The {@code dolmen.metadata.*} block: the PostgreSQL that holds Druid's metadata. In a container the user and the
 * password default to the container's own {@code POSTGRES_USER} and {@code POSTGRES_PASSWORD}; host and port
 * are for a local machine. The limit is for one dump or one load.
 */
public record MetadataSettings(
        String service,
        String database,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> host,
        int port,
        Duration limit) {}
