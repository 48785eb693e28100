package dolmen.metadata;

import dolmen.model.Checksum;
import dolmen.model.SegmentPrint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands out the fingerprint of each used segment of a dump. Other columns than these three change while a segment stays
 * the same; Druid gives a new segment with an old id another created_date.
 */
final class DumpPrints implements DumpParts {
    private static final List<String> COLUMNS = List.of("id", "created_date", "used", "payload");

    private final Consumer<SegmentPrint> prints;
    private final MessageDigest digest = Checksum.digest();
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
        String id = row.text("id");
        String created = row.text("created_date");
        add(id.getBytes(StandardCharsets.UTF_8));
        add(created.getBytes(StandardCharsets.UTF_8));
        add(row.bytes("payload"));
        return new SegmentPrint(id, created, Checksum.of(digest).sha256());
    }

    /** Each with its length before it, so that no two rows give the same bytes. */
    private void add(byte[] value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value.length).array());
        digest.update(value);
    }

    @Override
    public void copyEnds(Piece piece) {
        fields = Optional.empty();
    }
}
