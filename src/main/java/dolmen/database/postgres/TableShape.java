package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of a database and the types of its columns by their names. */
public record TableShape(String schema, String table, Map<String, String> columns) {
    private static final String LIST = "SELECT json_build_object('schema', n.nspname, 'table', c.relname, 'columns',"
            + " (SELECT json_object_agg(a.attname, format_type(a.atttypid, NULL)) FROM pg_attribute a"
            + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind = 'r' AND c.relpersistence <> 't'"
            + " AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE E'pg\\\\_%'"
            + " AND n.nspname NOT LIKE E'dolmen\\\\_old\\\\_%'"
            + " ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname";

    public TableShape {
        columns = Map.copyOf(columns);
    }

    /** The tables of a database, those of the schema {@code public} first. */
    public static List<TableShape> of(PostgresClient client, String database) {
        return client.query(database, LIST).stream().map(TableShape::of).toList();
    }

    private static TableShape of(JsonNode row) {
        Map<String, String> columns = new TreeMap<>();
        row.path("columns")
                .properties()
                .forEach(
                        column -> columns.put(column.getKey(), column.getValue().asText()));
        return new TableShape(row.path("schema").asText(), row.path("table").asText(), columns);
    }

    /** The name as {@link dolmen.model.DumpSummary} has it. */
    public String name() {
        return CopyTable.plainName(schema, table);
    }

    /** The name as SQL takes it. */
    public String sql() {
        return Sql.identifier(schema) + "." + Sql.identifier(table);
    }
}
