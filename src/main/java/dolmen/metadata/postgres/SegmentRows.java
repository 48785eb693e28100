package dolmen.metadata.postgres;

import dolmen.database.postgres.CopyTable;
import dolmen.database.postgres.CopyText;
import dolmen.database.postgres.DumpDamage;
import dolmen.database.postgres.PostgresClient;
import dolmen.metadata.SegmentPayload;
import dolmen.model.SegmentEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the rows of Druid's table of segments, whatever the order of its columns. */
final class SegmentRows {
    private static final List<String> NEEDED = List.of("id", "datasource", "used", "payload");

    private final CopyTable table;
    private final int id;
    private final int datasource;
    private final int used;
    private final int payload;

    SegmentRows(CopyTable table) {
        this.table = table;
        this.id = table.columns().indexOf("id");
        this.datasource = table.columns().indexOf("datasource");
        this.used = table.columns().indexOf("used");
        this.payload = table.columns().indexOf("payload");
    }

    /** Streams segments of a database, all taken for used ones; {@code source} is the table, with a WHERE clause or without. */
    static void stream(PostgresClient client, String database, String source, Consumer<SegmentEntry> consumer) {
        SegmentRows rows = new SegmentRows(new CopyTable(source, NEEDED, StandardCharsets.UTF_8));
        long[] line = new long[1];
        client.stream(
                database,
                "SELECT id, datasource, true, payload FROM " + source,
                row -> rows.used(row, row.length, ++line[0]).ifPresent(consumer));
    }

    /** True for a table that holds segments: the end of its name and its columns tell. */
    static boolean describes(CopyTable table) {
        return table.name().endsWith("_segments") && table.columns().containsAll(NEEDED);
    }

    /** The segment of a row when it is used. Throws {@code Damaged} when the payload is not what Druid writes. */
    Optional<SegmentEntry> used(byte[] row, int length, long line) {
        int[] field = fields(row, length);
        if (row[field[used]] != 't') {
            return Optional.empty();
        }
        String name = text(row, field, id);
        try {
            byte[] json = CopyText.bytea(row, field[payload], field[payload + 1] - 1);
            return Optional.of(SegmentPayload.entry(name, text(row, field, datasource), json));
        } catch (IllegalArgumentException unreadable) {
            throw DumpDamage.at(
                    line, "the payload of segment " + name + " in table " + table.name() + " cannot be read");
        }
    }

    private String text(byte[] row, int[] field, int column) {
        return new String(CopyText.unescape(row, field[column], field[column + 1] - 1), table.charset());
    }

    /** The offsets at which the fields of a row begin; the last element is where one more field would begin. */
    private int[] fields(byte[] row, int length) {
        int[] starts = new int[table.columns().size() + 1];
        int count = 1;
        for (int i = 0; i < length; i++) {
            if (row[i] == '\t') {
                starts[count++] = i + 1;
            }
        }
        starts[count] = length + 1;
        return starts;
    }
}
