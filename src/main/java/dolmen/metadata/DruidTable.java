package dolmen.metadata;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * The tables of Druid's metadata whose rows are read: the ending of the name, upper or lower case, and the columns that are needed, with
 * the kind of their content where that matters.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/metadata-storage.html">Druid: metadata storage</a>
 */
public enum DruidTable {
    SEGMENTS("_segments", Column.of("id"), Column.of("datasource"), Column.flag("used")),
    TASKS("_tasks", Column.flag("active")),
    TASK_LOCKS("_tasklocks"),
    PENDING_SEGMENTS("_pendingsegments"),
    SUPERVISORS(
            "_supervisors", Column.of("id"), Column.of("spec_id"), Column.of("created_date"), Column.bytes("payload")),
    DATASOURCES("_datasource", Column.of("datasource"), Column.bytes("commit_metadata_payload")),
    RULES("_rules", Column.of("datasource"), Column.of("version"), Column.bytes("payload")),
    CONFIG("_config", Column.of("name"), Column.bytes("payload"));

    private final String ending;
    private final List<Column> columns;

    DruidTable(String ending, Column... columns) {
        this.ending = ending;
        this.columns = List.of(columns);
    }

    /** What a column holds; {@code ANY} where that does not matter. */
    public enum Content {
        ANY,
        FLAG,
        BYTES
    }

    private record Column(String name, Content content) {
        static Column of(String name) {
            return new Column(name, Content.ANY);
        }

        static Column flag(String name) {
            return new Column(name, Content.FLAG);
        }

        static Column bytes(String name) {
            return new Column(name, Content.BYTES);
        }
    }

    /** The kind of a table of this name; empty for all others. */
    public static Optional<DruidTable> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(table -> lower.endsWith(table.ending))
                .findFirst();
    }

    /** What stands before the ending: Druid's setting {@code druid.metadata.storage.tables.base}. */
    public String base(String name) {
        return name.substring(0, name.length() - ending.length());
    }

    /** The names of the columns that are needed. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** True when a table has all columns that are needed; {@code has} tells whether it has one of this name with this content. */
    public boolean fits(BiPredicate<String, Content> has) {
        return columns.stream().allMatch(column -> has.test(column.name(), column.content()));
    }
}
