package dolmen.model;

import java.util.ArrayList;
import java.util.List;

/** An undo on its way through the steps: its own run, the restore that it undoes, and what was found since. */
public record UndoRun(Run run, Run undone, List<String> details) {
    public UndoRun {
        details = List.copyOf(details);
    }

    public UndoRun tell(List<String> lines) {
        List<String> all = new ArrayList<>(details);
        all.addAll(lines);
        return new UndoRun(run, undone, all);
    }
}
