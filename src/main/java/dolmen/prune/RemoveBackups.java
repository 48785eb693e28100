package dolmen.prune;

import dolmen.model.PrunePlan;
import dolmen.model.PruneRun;
import dolmen.model.Step;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the plan out: unpublishes the backups that go, then removes their files, but for archives that other backups need. */
public final class RemoveBackups implements Step<PruneRun, PruneRun> {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveBackups.class);

    private final Function<PruneRun, PrunePlan> pruning;

    /** {@code pruning} carries a plan out, and returns it as it was carried out. */
    public RemoveBackups(Function<PruneRun, PrunePlan> pruning) {
        this.pruning = pruning;
    }

    @Override
    public PruneRun run(PruneRun prune) {
        PrunePlan done = pruning.apply(prune);
        LOG.info("removed {}", done.words());
        return new PruneRun(prune.run(), done);
    }
}
