package dolmen.restore;

import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.DeepStorage;
import dolmen.metadata.DatasourceRows;
import dolmen.model.Coverage;
import dolmen.model.Run;
import dolmen.model.StepFailure.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that the files are still there which the segments need that an undo of single datasources brings back: the restore has marked
 * these segments unused, so that a kill task may have removed their files since.
 */
public final class UndoFiles {
    private static final String HINT = "Restore these datasources from a backup that has them; nothing was changed.";

    private final DatasourceRows rows;
    private final DeepStorage storage;

    public UndoFiles(DatasourceRows rows, DeepStorage storage) {
        this.rows = rows;
        this.storage = storage;
    }

    /** Throws {@code Refused} when some are gone or of another segment now. An undo of a whole restore has its files kept. */
    public void require(Run undone) {
        if (!undone.request().choice().ofDatasources()) {
            return;
        }
        Coverage coverage = CoverageCheck.check(
                        rows.comeBack(undone.mark()),
                        storage.paths(),
                        storage.placement(undone.mark()).filesOnceKeptAreBack(),
                        "")
                .coverage();
        if (!coverage.complete()) {
            throw new Refused(
                    "this undo would bring back used segments whose files are gone, as a kill task removes them: "
                            + coverage.words(),
                    HINT);
        }
        requireUnreplaced(undone, coverage.used());
    }

    private void requireUnreplaced(Run undone, long all) {
        List<String> replaced = new ArrayList<>();
        rows.replacedSince(undone.mark(), replaced::add);
        if (!replaced.isEmpty()) {
            throw new Refused(
                    "this undo would bring back used segments whose files Druid has replaced since, as it gave their ids"
                            + " again: " + new Coverage(all, all - replaced.size(), replaced).words(),
                    HINT);
        }
    }
}
