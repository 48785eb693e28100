package dolmen.metadata.postgres;

import dolmen.database.postgres.CopyTable;
import dolmen.database.postgres.DumpParts;
import dolmen.database.postgres.Piece;
import dolmen.database.postgres.RowFields;
import dolmen.metadata.PrintSum;
import dolmen.model.SegmentPrint;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands out the fingerprint of each used segment of a dump. Other columns than id, created_date and payload change while a segment stays
 * the same; Druid gives a new segment with an old id another created_date.
 */
final class DumpPrints implements DumpParts {
    private static final List<String> COLUMNS = List.of("id", "datasource", "created_date", "used", "payload");

    private final Consumer<SegmentPrint> prints;
    private final PrintSum sum = new PrintSum();
    private Optional<RowFields> fields = Optional.empty();

    DumpPrints(Consumer<SegmentPrint> prints) {
        this.prints = prints;
    }

    @Override
    public void copyBegins(CopyTable table, Piece piece) {
        boolean segments = SegmentRows.describes(table) && table.columns().containsAll(COLUMNS);
        fields = segments ? Optional.of(new RowFields(table, COLUMNS)) : Optional.empty();
    }

    @Override
    public void row(Slice slice) {
        if (fields.isEmpty()) {
            return;
        }
        RowFields row = fields.get();
        row.add(slice);
        if (slice.endsRow()) {
            if (row.text("used").equals("t")) {
                prints.accept(print(row));
            }
            row.clear();
        }
    }

    private SegmentPrint print(RowFields row) {
        return sum.print(row.text("id"), row.text("datasource"), row.text("created_date"), row.bytes("payload"));
    }

    @Override
    public void copyEnds(Piece piece) {
        fields = Optional.empty();
    }
}
