package dolmen.database.postgres;

import java.nio.charset.StandardCharsets;

/** Makes the {@link RowsPrint} of one table from a dump; rows in another encoding are hashed as UTF-8, as those of a database are. */
public final class DumpRows implements DumpParts {
    private final String wanted;
    private final RowsPrint.Sum sum = new RowsPrint.Sum();
    private final WholeRow row = new WholeRow();
    private CopyTable table;

    /** The table is named as in {@link dolmen.model.DumpSummary#rows()}. */
    public DumpRows(String wanted) {
        this.wanted = wanted;
    }

    public RowsPrint print() {
        return sum.print();
    }

    @Override
    public void copyBegins(CopyTable begun, Piece piece) {
        table = begun;
    }

    @Override
    public void row(Slice slice) {
        if (!table.name().equals(wanted)) {
            return;
        }
        row.add(slice, wanted);
        if (slice.endsRow()) {
            add();
            row.clear();
        }
    }

    private void add() {
        if (table.charset().equals(StandardCharsets.UTF_8)) {
            sum.add(row.bytes(), row.length());
            return;
        }
        byte[] text = new String(row.bytes(), 0, row.length(), table.charset()).getBytes(StandardCharsets.UTF_8);
        sum.add(text, text.length);
    }

    @Override
    public void copyEnds(Piece piece) {
        table = null;
    }
}
