package dolmen.metadata.postgres;

import dolmen.database.postgres.CopyTable;
import dolmen.database.postgres.CopyText;
import dolmen.database.postgres.DumpParts;
import dolmen.database.postgres.Piece;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.database.postgres.WholeRow;
import dolmen.metadata.DruidTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Writes, from a dump, a script that loads the rows of some datasources into temporary tables named {@code dolmen_in_...}:
 * their used segments, stored offsets or load rules. Rows pass byte for byte; one row at a time is in memory.
 */
final class DatasourceRowsScript implements DumpParts {
    private final OutputStream script;
    private final SortedSet<String> datasources;
    private final Map<DruidTable, TableShape> live;
    private final Set<DruidTable> taken;
    private final Map<DruidTable, List<String>> columns = new EnumMap<>(DruidTable.class);
    private Optional<DruidTable> kind = Optional.empty();
    private CopyTable table;
    private SegmentRows segments;
    private final WholeRow row = new WholeRow();
    private long used;

    /** {@code taken} are the tables of which the script loads rows: of segments, offsets and rules. */
    DatasourceRowsScript(
            OutputStream script,
            SortedSet<String> datasources,
            Map<DruidTable, TableShape> live,
            Set<DruidTable> taken) {
        this.script = script;
        this.datasources = datasources;
        this.live = live;
        this.taken = taken;
    }

    /** The columns that the dump has of a table; empty when it has no rows of that table. */
    List<String> columns(DruidTable of) {
        return columns.getOrDefault(of, List.of());
    }

    /** The used segments that were written. */
    long used() {
        return used;
    }

    static String incoming(DruidTable of) {
        return "dolmen_in_" + of.name().toLowerCase(Locale.ROOT);
    }

    static String list(List<String> columns) {
        return columns.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    }

    @Override
    public void statement(Piece piece) throws IOException {
        if (piece.text().startsWith("SET client_encoding ")) {
            script.write(piece.bytes());
        }
    }

    @Override
    public void copyBegins(CopyTable begun, Piece piece) throws IOException {
        table = begun;
        kind = DruidTable.of(begun.name())
                .filter(taken::contains)
                .filter(live::containsKey)
                .filter(found -> !columns.containsKey(found))
                .filter(found -> begun.columns().containsAll(found.columnNames()))
                .filter(found -> found != DruidTable.SEGMENTS || SegmentRows.describes(begun));
        if (kind.isPresent()) {
            DruidTable found = kind.get();
            segments = found == DruidTable.SEGMENTS ? new SegmentRows(begun) : null;
            columns.put(found, new ArrayList<>(begun.columns()));
            write("CREATE TEMP TABLE " + incoming(found) + " (LIKE "
                    + live.get(found).sql() + " INCLUDING DEFAULTS) ON COMMIT DROP;\nCOPY " + incoming(found) + " ("
                    + list(begun.columns()) + ") FROM stdin;\n");
        }
    }

    @Override
    public void row(Slice slice) throws IOException {
        if (kind.isEmpty()) {
            return;
        }
        row.add(slice, table.name());
        if (slice.endsRow()) {
            if (isWanted(slice.line())) {
                script.write(row.bytes(), 0, row.length());
                script.write('\n');
            }
            row.clear();
        }
    }

    private boolean isWanted(long line) {
        if (kind.orElseThrow() == DruidTable.SEGMENTS) {
            boolean wanted = segments.used(row.bytes(), row.length(), line)
                    .filter(segment -> datasources.contains(segment.datasource()))
                    .isPresent();
            used += wanted ? 1 : 0;
            return wanted;
        }
        return datasources.contains(field(table.columns().indexOf("datasource")));
    }

    private String field(int wanted) {
        byte[] bytes = row.bytes();
        int from = 0;
        for (int column = 0; column < wanted; column++) {
            while (bytes[from] != '\t') {
                from++;
            }
            from++;
        }
        int to = from;
        while (to < row.length() && bytes[to] != '\t') {
            to++;
        }
        return new String(CopyText.unescape(bytes, from, to), table.charset());
    }

    @Override
    public void copyEnds(Piece piece) throws IOException {
        if (kind.isPresent()) {
            write("\\.\n");
        }
        kind = Optional.empty();
    }

    private void write(String text) throws IOException {
        script.write(text.getBytes(table.charset()));
    }
}
