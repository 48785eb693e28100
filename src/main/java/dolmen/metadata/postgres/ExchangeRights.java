package dolmen.metadata.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.DruidTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a user must be allowed to exchange the rows of datasources, beyond loading them into tables of its own. */
final class ExchangeRights {
    private static final Map<DruidTable, List<String>> NEEDED = Map.of(
            DruidTable.SEGMENTS, List.of("SELECT", "INSERT", "UPDATE", "DELETE"),
            DruidTable.DATASOURCES, List.of("SELECT", "INSERT", "DELETE"),
            DruidTable.PENDING_SEGMENTS, List.of("SELECT", "INSERT", "DELETE"),
            DruidTable.RULES, List.of("SELECT", "INSERT", "DELETE"));

    private ExchangeRights() {}

    /** What the user lacks of them, in words. */
    static Optional<String> lacking(PostgresClient client, String live, Map<DruidTable, TableShape> tables) {
        List<String> rights = new ArrayList<>();
        rights.add(right("CREATE on database " + live, "has_database_privilege(current_database(), 'CREATE')"));
        tables.forEach((kind, table) -> NEEDED.getOrDefault(kind, List.of())
                .forEach(right -> rights.add(right(
                        right + " on table " + table.name(),
                        "has_table_privilege(" + Sql.literal(table.sql()) + ", '" + right + "')"))));
        String lacking = client
                .query(
                        live,
                        "SELECT to_json(what) FROM (VALUES " + String.join(", ", rights)
                                + ") AS needed (what, granted) WHERE NOT granted")
                .stream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("the user of database " + live + " lacks the rights to exchange rows: " + lacking);
    }

    private static String right(String words, String condition) {
        return "(" + Sql.literal(words) + ", " + condition + ")";
    }
}
