package dolmen.prune;

import dolmen.model.PruneRun;
import dolmen.model.RunOptions.PruneOptions;
import dolmen.model.Step;
import dolmen.model.StepFailure.Refused;

/** Refuses to prune when the newest backup has much less than the one before, unless that was confirmed: the older ones may be the good ones. */
public final class CheckPruning implements Step<PruneRun, PruneRun> {

    @Override
    public PruneRun run(PruneRun pruning) {
        boolean confirmed = pruning.run().request().options(PruneOptions.class).confirmed();
        if (!pruning.plan().isEmpty() && !pruning.plan().drops().isEmpty() && !confirmed) {
            throw new Refused(
                    "the newest backup holds much less than the one before: "
                            + String.join("; ", pruning.plan().drops()),
                    "When that is as it should be, repeat with --yes; nothing was removed.");
        }
        return pruning;
    }
}
