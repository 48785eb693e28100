package dolmen.metadata;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of Druid's metadata whose rows are looked into, by the ends of their names in any case, with the columns
 * that are needed for it, with their types where these matter.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/metadata-storage.html">Druid: metadata storage</a>
 */
enum DruidTable {
    SEGMENTS("_segments", "id", "datasource", "used boolean"),
    TASKS("_tasks", "active boolean"),
    TASK_LOCKS("_tasklocks"),
    PENDING_SEGMENTS("_pendingsegments"),
    SUPERVISORS("_supervisors", "id", "spec_id", "created_date", "payload bytea"),
    DATASOURCES("_datasource", "datasource", "commit_metadata_payload bytea"),
    RULES("_rules", "datasource", "version", "payload bytea"),
    CONFIG("_config", "name", "payload bytea");

    private final String ending;
    private final List<String> columns;

    DruidTable(String ending, String... columns) {
        this.ending = ending;
        this.columns = List.of(columns);
    }

    /** The kind of a table of this name; empty for all others. */
    static Optional<DruidTable> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(table -> lower.endsWith(table.ending))
                .findFirst();
    }

    /** What stands before the ending: Druid's setting {@code druid.metadata.storage.tables.base}. */
    String base(String name) {
        return name.substring(0, name.length() - ending.length());
    }

    /** The names of the columns that are needed. */
    List<String> columnNames() {
        return columns.stream().map(column -> column.split(" ", 2)[0]).toList();
    }

    /** True when all columns that are needed are among these, given by names and types. */
    boolean fits(Map<String, String> types) {
        return columns.stream()
                .map(column -> column.split(" ", 2))
                .allMatch(column -> types.containsKey(column[0])
                        && (column.length == 1 || types.get(column[0]).equals(column[1])));
    }
}
