package dolmen.prune;

import dolmen.model.PrunePlan;
import dolmen.model.PruneRun;
import dolmen.model.Run;
import dolmen.model.Step;
import java.util.function.Function;

/** Makes the plan: which backups the retention rules do not keep, and which of their archives other backups still need. */
public final class SelectPrunable implements Step<Run, PruneRun> {
    private final Function<Run, PrunePlan> planner;

    public SelectPrunable(Function<Run, PrunePlan> planner) {
        this.planner = planner;
    }

    @Override
    public PruneRun run(Run run) {
        return new PruneRun(run, planner.apply(run));
    }
}
