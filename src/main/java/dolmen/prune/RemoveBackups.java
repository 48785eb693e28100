package dolmen.prune;

import dolmen.model.PruneRun;
import dolmen.model.Step;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpublishes what goes, then removes its files, but for archives that others need. */
public final class RemoveBackups implements Step<PruneRun, PruneRun> {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveBackups.class);

    private final Consumer<PruneRun> pruning;

    public RemoveBackups(Consumer<PruneRun> pruning) {
        this.pruning = pruning;
    }

    @Override
    public PruneRun run(PruneRun prune) {
        pruning.accept(prune);
        LOG.info("removed {}", prune.plan().words());
        return prune;
    }
}
