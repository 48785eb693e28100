package dolmen.database.postgres;

import dolmen.database.postgres.DumpParts.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;

/** Collects a few fields of the rows of one table, slice by slice, and forgets the others at once. */
public final class RowFields {
    /** The most bytes that are kept of one field; what is longer is cut, and so no JSON any more. */
    private static final int LIMIT = 16 << 20;

    private final CopyTable table;
    private final ByteArrayOutputStream[] kept;
    private int column;

    public RowFields(CopyTable table, List<String> wanted) {
        this.table = table;
        this.kept = new ByteArrayOutputStream[table.columns().size()];
        for (String name : wanted) {
            kept[table.columns().indexOf(name)] = new ByteArrayOutputStream();
        }
    }

    public void add(Slice slice) {
        int from = slice.start();
        for (int i = slice.start(); i < slice.end(); i++) {
            if (slice.bytes()[i] == '\t') {
                keep(slice.bytes(), from, i);
                column++;
                from = i + 1;
            }
        }
        keep(slice.bytes(), from, slice.end());
    }

    private void keep(byte[] bytes, int from, int to) {
        ByteArrayOutputStream field = column < kept.length ? kept[column] : null;
        if (field != null && field.size() < LIMIT) {
            field.write(bytes, from, to - from);
        }
    }

    /** Forgets the row. */
    public void clear() {
        column = 0;
        for (ByteArrayOutputStream field : kept) {
            if (field != null) {
                field.reset();
            }
        }
    }

    public String text(String name) {
        byte[] field = raw(name);
        return new String(CopyText.unescape(field, 0, field.length), charset());
    }

    /** The bytes of a bytea field; what is no bytea comes as it is. */
    public byte[] bytes(String name) {
        byte[] field = raw(name);
        try {
            return CopyText.bytea(field, 0, field.length);
        } catch (IllegalArgumentException foreign) {
            return field;
        }
    }

    private byte[] raw(String name) {
        return kept[table.columns().indexOf(name)].toByteArray();
    }

    private Charset charset() {
        return table.charset();
    }
}
