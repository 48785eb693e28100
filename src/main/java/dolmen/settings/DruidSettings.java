package dolmen.settings;

import dolmen.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The {@code dolmen.druid.*} block: the router or the coordinator, its basic authentication and its own CA, the limit
 * of one call, and how long a restored stack may take until it serves everything.
 */
public record DruidSettings(
        URI url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Path> caFile,
        Duration callLimit,
        Duration verifyLimit) {}
