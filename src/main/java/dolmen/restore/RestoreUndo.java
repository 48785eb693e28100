package dolmen.restore;

import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.SwapState;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.StepFailure.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Undoes a restore, or drops what it replaced. Each part of the stack finds out by the mark of the run how far the restore came there. */
public final class RestoreUndo {
    private final DruidMetadata metadata;
    private final DeepStorage storage;
    private final MetabaseData metabase;

    public RestoreUndo(DruidMetadata metadata, DeepStorage storage, MetabaseData metabase) {
        this.metabase = metabase;
        this.metadata = metadata;
        this.storage = storage;
    }

    /** Makes everything what it was before the run, and removes what the run brought. */
    public void putBack(Run run) {
        swapBack(run);
        dropNew(run);
    }

    /** Puts what the run replaced into its place again: the metadata first, so that no row is ever without its files. */
    public void swapBack(Run run) {
        RunMark mark = run.mark();
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

    /** Removes for good what the run brought; only after {@link #swapBack}. */
    public void dropNew(Run run) {
        RunMark mark = run.mark();
        storage.placement(mark).dropNew();
        if (run.request().choice().ofDatasources()) {
            return;
        }
        metadata.dropLoaded(mark);
        if (!run.request().choice().skipMetabase()) {
            metabase.database().dropNew(mark);
        }
    }

    /** Throws {@code Refused} when a part of what a verified restore replaced is not there any more. */
    public void requireWhole(Run run) {
        if (run.request().choice().ofDatasources()) {
            requireRows(run);
            return;
        }
        MetadataDatabase replaced = metadata.replaced(run.mark());
        List<String> missing = new ArrayList<>();
        if (!replaced.exists()) {
            missing.add("database " + replaced.name() + " is missing");
        }
        if (storage.placement(run.mark()).state() != SwapState.SWAPPED) {
            missing.add("the replaced segments are missing");
        }
        if (!missing.isEmpty()) {
            throw new Refused(
                    "the safety copy of run " + run.id() + " is not whole: " + String.join(", ", missing),
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

    /** Lines for the report: the number of used segments of every live datasource. */
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

    /** Removes for good what the run of this mark replaced. */
    public void drop(RunMark mark) {
        metadata.datasources().drop(mark);
        metadata.dropReplaced(mark);
        storage.placement(mark).dropOld();
        metabase.database().drop(mark);
    }
}
