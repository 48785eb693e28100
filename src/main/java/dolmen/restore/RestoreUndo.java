package dolmen.restore;

import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.SwapState;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.Run;
import dolmen.model.StepFailure.Refused;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes a restore back, or drops what it replaced, by the run's mark; each part finds out how far it came. */
public final class RestoreUndo {
    private final DruidMetadata metadata;
    private final DeepStorage storage;
    private final MetabaseData metabase;

    public RestoreUndo(DruidMetadata metadata, DeepStorage storage, MetabaseData metabase) {
        this.metabase = metabase;
        this.metadata = metadata;
        this.storage = storage;
    }

    /** Everything is as it was before the run, and what it had brought is gone. */
    public void putBack(Run run) {
        swapBack(run);
        dropNew(run);
    }

    /** What the run replaced is in its place again; the metadata first, so that no row is ever without its files. */
    public void swapBack(Run run) {
        String mark = run.mark();
        if (run.request().choice().ofDatasources()) {
            metadata.datasources().swapBack(mark);
            storage.placement(mark).putKeptBack();
            return;
        }
        metadata.swapBack(mark);
        storage.placement(mark).swapBack();
        if (!run.request().choice().skipMetabase()) {
            metabase.database().swapBack(mark);
        }
    }

    /** What the run had brought is gone for good; only after {@link #swapBack}. */
    public void dropNew(Run run) {
        String mark = run.mark();
        storage.placement(mark).dropNew();
        if (run.request().choice().ofDatasources()) {
            return;
        }
        metadata.dropLoaded(mark);
        if (!run.request().choice().skipMetabase()) {
            metabase.database().dropNew(mark);
        }
    }

    /** Refuses to take a verified restore back when a part of what it replaced is not there any more. */
    public void requireWhole(Run run) {
        if (run.request().choice().ofDatasources()) {
            requireRows(run);
            return;
        }
        MetadataDatabase replaced = metadata.replaced(run.mark());
        boolean database = replaced.exists();
        boolean files = storage.placement(run.mark()).state() == SwapState.SWAPPED;
        if (!database || !files) {
            throw new Refused(
                    "the safety copy of run " + run.id() + " is not whole: "
                            + (database ? "" : "database " + replaced.name() + " is missing ")
                            + (files ? "" : "the replaced segments are missing"),
                    "Restore a backup instead; nothing was changed.");
        }
    }

    private void requireRows(Run run) {
        if (!metadata.datasources().isDone(run.mark())) {
            throw new Refused(
                    "the rows that run " + run.id() + " replaced are not there any more",
                    "Restore a backup instead; nothing was changed.");
        }
    }

    /** What is live now: the used segments of every datasource. */
    public List<String> live() {
        SortedMap<String, Long> used = new TreeMap<>();
        metadata.live().usedSegments((datasource, id) -> used.merge(datasource, 1L, Long::sum));
        if (used.isEmpty()) {
            return List.of("live now: no used segments");
        }
        return used.entrySet().stream()
                .map(entry -> "live now: " + entry.getKey() + ", " + entry.getValue() + " used segments")
                .toList();
    }

    /** What the run replaced is gone for good. */
    public void drop(String mark) {
        metadata.datasources().drop(mark);
        metadata.dropReplaced(mark);
        storage.placement(mark).dropOld();
        metabase.database().drop(mark);
    }
}
