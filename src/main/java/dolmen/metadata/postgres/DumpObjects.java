package dolmen.metadata.postgres;

import dolmen.database.postgres.CopyTable;
import dolmen.database.postgres.DumpParts;
import dolmen.database.postgres.Piece;
import dolmen.metadata.ForeignObject;
import dolmen.metadata.ObjectList;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a dump holds that is not Druid's: pg_dump names each object in a comment before its statements. */
final class DumpObjects implements DumpParts {
    private static final Pattern ENTRY =
            Pattern.compile("-- (?:Data for )?Name: (.*); Type: ([^;]*); Schema: ([^;]*); Owner: .*");
    private static final Pattern LARGE_OBJECT =
            Pattern.compile("SELECT pg_catalog\\.lo_create(?:at)?\\('([0-9]+)'\\);");

    private final SortedMap<ForeignObject, Optional<String>> contents = new TreeMap<>();
    private Optional<String> prefix = Optional.empty();

    ObjectList list() {
        return new ObjectList(contents, prefix);
    }

    @Override
    public void comment(Piece piece) {
        Matcher entry = ENTRY.matcher(piece.text());
        if (entry.matches()) {
            String schema = entry.group(3);
            String name = schema.equals("-") ? entry.group(1) : CopyTable.plainName(schema, entry.group(1));
            Arrays.stream(PostgresKind.values())
                    .filter(kind -> kind.types().contains(entry.group(2)))
                    .forEach(kind -> contents.put(new ForeignObject(kind, name), Optional.empty()));
        }
    }

    @Override
    public void statement(Piece piece) {
        Matcher created = LARGE_OBJECT.matcher(piece.text());
        if (created.matches()) {
            contents.put(new ForeignObject(PostgresKind.LARGE_OBJECT, created.group(1)), Optional.empty());
        }
    }

    @Override
    public void copyBegins(CopyTable table, Piece piece) {
        if (SegmentRows.describes(table)) {
            prefix = Optional.of(prefix.orElse(ObjectList.prefix(table.name())));
        }
    }

    @Override
    public void row(Slice slice) {
        // read where it is asked for, by DumpRows
    }

    @Override
    public void copyEnds(Piece piece) {
        // the next part tells what it is
    }
}
