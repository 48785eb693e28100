package dolmen.model;

import java.util.Optional;

/** Versions at the time of a backup; Metabase's is its image, since its version cannot be asked without logging in. */
public record Versions(
        String dolmen,
        Optional<String> druid,
        String postgresServer,
        String postgresClient,
        Optional<String> metabase) {}
