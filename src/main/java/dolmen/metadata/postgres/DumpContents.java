package dolmen.metadata.postgres;

import dolmen.database.postgres.CopyTable;
import dolmen.database.postgres.DumpParts;
import dolmen.database.postgres.Piece;
import dolmen.database.postgres.RowFields;
import dolmen.metadata.ContentsDraft;
import dolmen.metadata.DruidTable;
import dolmen.model.MetadataContents;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads from a dump what it holds beside segments, with flat memory: only a few fields of a few tables are kept. */
final class DumpContents implements DumpParts {
    /** A draft for each beginning of tables' names. Which one is Druid's is known by the table of segments, which may come last. */
    private final Map<String, ContentsDraft> drafts = new TreeMap<>();

    private String base = "";
    private Optional<DruidTable> kind = Optional.empty();
    private ContentsDraft draft = new ContentsDraft();
    private Optional<RowFields> fields = Optional.empty();

    MetadataContents contents() {
        return drafts.getOrDefault(base, new ContentsDraft()).contents();
    }

    @Override
    public void copyBegins(CopyTable table, Piece piece) {
        kind = DruidTable.of(table.name());
        fields = Optional.empty();
        if (kind.isEmpty()) {
            return;
        }
        String begin = kind.get().base(table.name());
        draft = drafts.computeIfAbsent(begin, name -> new ContentsDraft());
        if (kind.get() == DruidTable.SEGMENTS) {
            base = SegmentRows.describes(table) && base.isEmpty() ? begin : base;
        } else if (table.columns().containsAll(kind.get().columnNames())) {
            fields = Optional.of(new RowFields(table, kind.get().columnNames()));
        } else {
            draft.note(table.name() + " has other columns than Druid gives it");
        }
    }

    @Override
    public void row(Slice slice) {
        if (fields.isEmpty()) {
            return;
        }
        RowFields row = fields.get();
        row.add(slice);
        if (slice.endsRow()) {
            take(row);
            row.clear();
        }
    }

    private void take(RowFields row) {
        switch (kind.orElseThrow()) {
            case TASKS -> draft.activeTasks(row.text("active").equals("t") ? 1 : 0);
            case TASK_LOCKS -> draft.taskLocks(1);
            case PENDING_SEGMENTS -> draft.pendingSegments(1);
            case SUPERVISORS -> draft.supervisor(number(row.text("id")), row.text("spec_id"), row.bytes("payload"));
            case DATASOURCES -> draft.offsets(row.text("datasource"), row.bytes("commit_metadata_payload"));
            case RULES -> draft.rules(row.text("version"), row.text("datasource"), row.bytes("payload"));
            case CONFIG -> draft.configuration(row.text("name"), row.bytes("payload"));
            case SEGMENTS -> throw new IllegalStateException("segments are read elsewhere");
        }
    }

    private static long number(String text) {
        return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    @Override
    public void copyEnds(Piece piece) {
        fields = Optional.empty();
    }
}
