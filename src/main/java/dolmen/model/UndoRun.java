package dolmen.model;

import dolmen.model.RunOptions.UndoOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An undo on its way through the steps: its own run, the restore that it undoes, lines for the report, and which losses were known when
 * it was checked.
 */
public record UndoRun(Run run, Run undone, List<String> details, Predicate<String> foreseen) {
    public UndoRun {
        details = List.copyOf(details);
    }

    /** An undo that has found nothing yet. */
    public static UndoRun begin(Run run, Run undone) {
        return new UndoRun(run, undone, List.of(), loss -> false);
    }

    /** What was chosen. */
    public UndoOptions options() {
        return run.request().options(UndoOptions.class);
    }

    /** It knows these losses, which were there when it was checked. */
    public UndoRun foreseeing(Predicate<String> losses) {
        return new UndoRun(run, undone, details, losses);
    }

    /** Adds lines for the report. */
    public UndoRun tell(List<String> lines) {
        List<String> all = new ArrayList<>(details);
        all.addAll(lines);
        return new UndoRun(run, undone, all, foreseen);
    }
}
