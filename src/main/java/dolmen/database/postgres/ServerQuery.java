package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.stack.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Asks a server what it is and what its user may do. */
final class ServerQuery {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String DENIED = "42501";

    private static final String MAY_CREATE =
            "r.rolsuper OR (r.rolcreatedb AND coalesce(pg_has_role(d.datdba, 'USAGE'), true))";
    private static final String FROM = " FROM pg_roles r LEFT JOIN pg_database d ON d.datname =";
    private static final String WHERE = " WHERE r.rolname = current_user";

    private ServerQuery() {}

    static ServerInfo ask(PostgresClient client, String live) {
        JsonNode answer = client.maintain("SELECT json_build_object("
                        + "'version', current_setting('server_version'),"
                        + "'number', current_setting('server_version_num')::int,"
                        + "'create', " + MAY_CREATE + ","
                        + "'encoding', coalesce(pg_encoding_to_char(d.encoding), ''),"
                        + "'bytes', coalesce(pg_database_size(d.oid), 0),"
                        + "'roles', (SELECT json_agg(rolname) FROM pg_roles),"
                        + "'own', (SELECT json_agg(rolname) FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')))"
                        + FROM + Sql.literal(live) + WHERE)
                .get(0);
        return new ServerInfo(
                answer.path("version").asText().split(" ", 2)[0],
                answer.path("number").intValue(),
                client.version(),
                systemIdentifier(client),
                answer.path("create").booleanValue(),
                answer.path("encoding").asText(),
                answer.path("bytes").longValue(),
                names(answer.path("roles")),
                names(answer.path("own")));
    }

    /** Whether the user may replace the live database. */
    static boolean mayCreateDatabases(PostgresClient client, String live) {
        return client.maintain("SELECT to_json(" + MAY_CREATE + ")" + FROM + Sql.literal(live) + WHERE)
                .get(0)
                .booleanValue();
    }

    /** Empty when the user may not ask for it. */
    static Optional<String> systemIdentifier(PostgresClient client) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = client.administer(LIMIT, output, "SELECT system_identifier FROM pg_control_system()");
        if (ClientFailure.code(outcome).equals(DENIED)) {
            return Optional.empty();
        }
        if (!outcome.succeeded()) {
            throw ClientFailure.of("cannot ask for the system identifier", outcome);
        }
        return Optional.of(output.toString(StandardCharsets.UTF_8).strip());
    }

    private static SortedSet<String> names(JsonNode list) {
        SortedSet<String> names = new TreeSet<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }
}
