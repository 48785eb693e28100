package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the rows of all tables of a database exactly, by the names that a dump's summary has. */
public final class RowCount {
    /** Tables of one query, so that its text stays below the limit of one argument (128 KiB on Linux). */
    private static final int TABLES = 100;

    /** What pg_dump writes rows of: plain tables that no extension owns. */
    private static final String LIST = "SELECT json_build_array(n.nspname, c.relname)"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind = 'r' AND c.relpersistence <> 't'"
            + " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'"
            + " AND n.nspname NOT LIKE 'dolmen\\_old\\_%'"
            + " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
            + " AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1::text";

    private final PostgresClient client;

    public RowCount(PostgresClient client) {
        this.client = client;
    }

    public SortedMap<String, Long> of(String database) {
        return count(database, client.query(database, LIST));
    }

    /** The rows of those tables that this user may read; all others are empty. */
    public SortedMap<String, OptionalLong> readable(String database) {
        String right = ", has_table_privilege(c.oid, 'SELECT'))";
        List<JsonNode> tables = client.query(database, LIST.replace("c.relname)", "c.relname" + right));
        SortedMap<String, OptionalLong> rows = new TreeMap<>();
        tables.forEach(table ->
                rows.put(CopyTable.plainName(table.get(0).asText(), table.get(1).asText()), OptionalLong.empty()));
        count(
                        database,
                        tables.stream()
                                .filter(table -> table.get(2).booleanValue())
                                .toList())
                .forEach((table, count) -> rows.put(table, OptionalLong.of(count)));
        return Collections.unmodifiableSortedMap(rows);
    }

    private SortedMap<String, Long> count(String database, List<JsonNode> tables) {
        List<String> sql = new ArrayList<>(List.of("SET row_security = off"));
        for (int from = 0; from < tables.size(); from += TABLES) {
            sql.add(counts(tables.subList(from, Math.min(tables.size(), from + TABLES))));
        }
        SortedMap<String, Long> rows = new TreeMap<>();
        client.query(database, sql.toArray(String[]::new))
                .forEach(count -> rows.put(
                        CopyTable.plainName(count.get(0).asText(), count.get(1).asText()),
                        count.get(2).longValue()));
        return Collections.unmodifiableSortedMap(rows);
    }

    private static String counts(List<JsonNode> tables) {
        List<String> counts = tables.stream()
                .map(table -> {
                    String schema = table.get(0).asText();
                    String name = table.get(1).asText();
                    return "SELECT json_build_array(" + Sql.literal(schema) + "," + Sql.literal(name)
                            + ", count(*))::text FROM ONLY " + Sql.identifier(schema) + "." + Sql.identifier(name);
                })
                .toList();
        return String.join(" UNION ALL ", counts);
    }
}
