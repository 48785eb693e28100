package dolmen.metadata.memory;

import dolmen.metadata.ContentsDraft;
import dolmen.metadata.ForeignKind;
import dolmen.metadata.ForeignObject;
import dolmen.metadata.ForeignObjects;
import dolmen.metadata.ObjectList;
import dolmen.metadata.PrintSum;
import dolmen.model.MetadataContents;
import dolmen.model.SegmentPrint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What rows mean, those of a database and those of a dump. */
final class MemoryView {
    private MemoryView() {}

    /** All that is not Druid's is a table. */
    private enum Kind implements ForeignKind {
        TABLE;

        @Override
        public String words() {
            return "table";
        }

        @Override
        public boolean isTable() {
            return true;
        }

        @Override
        public boolean isDruids() {
            return true;
        }

        @Override
        public boolean isNamedInDumps() {
            return true;
        }

        @Override
        public boolean isCopied() {
            return false;
        }
    }

    static void prints(MemoryRows rows, Consumer<SegmentPrint> consumer) {
        rows.forEachUsed(segment -> consumer.accept(
                new PrintSum().print(segment.id(), segment.datasource(), segment.created(), bytes(segment.payload()))));
    }

    static MetadataContents contents(MemoryRows rows) {
        ContentsDraft draft = new ContentsDraft();
        draft.activeTasks(rows.tasks().size());
        draft.taskLocks(rows.locks().size());
        draft.pendingSegments(rows.pending().size());
        for (int i = 0; i < rows.supervisors().size(); i++) {
            MemoryRows.Spec spec = rows.supervisors().get(i);
            draft.supervisor(i, spec.id(), bytes(spec.payload()));
        }
        rows.offsets().forEach((datasource, json) -> draft.offsets(datasource, bytes(json)));
        rows.rules().forEach(rule -> draft.rules(rule.version(), rule.datasource(), bytes(rule.payload())));
        return draft.contents();
    }

    static ForeignObjects foreign(MemoryRows rows, boolean dumped) {
        TreeMap<ForeignObject, Optional<String>> contents = new TreeMap<>();
        rows.foreign().keySet().forEach(name -> contents.put(new ForeignObject(Kind.TABLE, name), Optional.of("")));
        return new ForeignObjects(new ObjectList(contents, Optional.of("druid_")), rows.foreign()::get, dumped);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
