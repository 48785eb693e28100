package dolmen.metadata;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a dump holds that is not Druid's: pg_dump names each object in a comment before its statements. Of the rows
 * of each table that Druid does not have a hash is made.
 */
final class DumpObjects implements DumpParts {
    private static final Pattern ENTRY =
            Pattern.compile("-- (?:Data for )?Name: (.*); Type: ([^;]*); Schema: ([^;]*); Owner: .*");
    private static final Pattern LARGE_OBJECT =
            Pattern.compile("SELECT pg_catalog\\.lo_create(?:at)?\\('([0-9]+)'\\);");

    private final SortedMap<ForeignObject, Optional<String>> contents = new TreeMap<>();
    private final Map<String, RowsPrint.Sum> rows = new HashMap<>();
    private final WholeRow row = new WholeRow();
    private Optional<String> prefix = Optional.empty();
    private CopyTable table;

    ForeignObjects objects() {
        return new ForeignObjects(
                new ObjectList(contents, prefix),
                name -> Optional.ofNullable(rows.get(name))
                        .map(RowsPrint.Sum::print)
                        .orElse(RowsPrint.EMPTY),
                true);
    }

    @Override
    public void comment(Piece piece) {
        Matcher entry = ENTRY.matcher(piece.text());
        if (entry.matches()) {
            String schema = entry.group(3);
            String name = schema.equals("-") ? entry.group(1) : CopyTable.plainName(schema, entry.group(1));
            Arrays.stream(ForeignKind.values())
                    .filter(kind -> kind.types().contains(entry.group(2)))
                    .forEach(kind -> contents.put(new ForeignObject(kind, name), Optional.empty()));
        }
    }

    @Override
    public void statement(Piece piece) {
        Matcher created = LARGE_OBJECT.matcher(piece.text());
        if (created.matches()) {
            contents.put(new ForeignObject(ForeignKind.LARGE_OBJECT, created.group(1)), Optional.empty());
        }
    }

    @Override
    public void copyBegins(CopyTable begun, Piece piece) {
        table = begun;
        rows.putIfAbsent(begun.name(), new RowsPrint.Sum());
        if (SegmentRows.describes(begun)) {
            prefix = Optional.of(prefix.orElse(ObjectList.prefix(begun.name())));
        }
    }

    @Override
    public void row(Slice slice) {
        if (DruidTable.of(table.name()).isPresent()) {
            return;
        }
        row.add(slice, table.name());
        if (slice.endsRow()) {
            add();
            row.clear();
        }
    }

    /** In UTF-8, as rows of a database are read. */
    private void add() {
        if (table.charset().equals(StandardCharsets.UTF_8)) {
            rows.get(table.name()).add(row.bytes(), row.length());
            return;
        }
        byte[] text = new String(row.bytes(), 0, row.length(), table.charset()).getBytes(StandardCharsets.UTF_8);
        rows.get(table.name()).add(text, text.length);
    }

    @Override
    public void copyEnds(Piece piece) {
        table = null;
    }
}
