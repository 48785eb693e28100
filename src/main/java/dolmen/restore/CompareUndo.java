package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.Step;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once more for losses, when the services are down and nothing is swapped yet: what came since the check and would be lost is a
 * reason to refuse an undo that nobody confirmed, and is named in the report of one that was confirmed.
 */
public final class CompareUndo implements Step<UndoRun, UndoRun> {
    private static final Logger LOG = LoggerFactory.getLogger(CompareUndo.class);

    private final RunJournal journal;
    private final LateLosses losses;

    public CompareUndo(RunJournal journal, LateLosses losses) {
        this.journal = journal;
        this.losses = losses;
    }

    @Override
    public UndoRun run(UndoRun undo) {
        if (journal.position(undo.run().id()).passed(Milestone.SWAPPED_BACK)) {
            return undo;
        }
        Losses late = losses.since(undo);
        late.requireConsent(
                undo.options().consent(),
                "since it was checked, this came that the undo would lose: ",
                "Nothing was changed, and the services are started again. Back it up, or confirm by --yes.");
        if (late.isEmpty()) {
            return undo;
        }
        LOG.warn("came since the check and is lost: {}", late.words());
        return undo.tell(List.of("came since the check and was lost: " + late.words()));
    }
}
