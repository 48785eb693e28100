package dolmen.backup;

import dolmen.catalog.Pruning;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.PrunePlan;
import dolmen.model.Step;
import dolmen.model.StepFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the backups that no rule keeps any more, where that is wanted. The backup is published by now: what goes wrong
 * here is a warning of it.
 */
public final class PruneBackups implements Step<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(PruneBackups.class);

    private final Pruning pruning;
    private final Optional<Pruning> remote;
    private final Supplier<Set<Label>> inUse;
    private final boolean wanted;

    /** {@code remote} prunes the bucket. */
    public PruneBackups(Pruning pruning, Optional<Pruning> remote, Supplier<Set<Label>> inUse, boolean wanted) {
        this.pruning = pruning;
        this.remote = remote;
        this.inUse = inUse;
        this.wanted = wanted;
    }

    @Override
    public BackupRun run(BackupRun backup) {
        if (!wanted) {
            return backup;
        }
        return prune(backup);
    }

    private BackupRun prune(BackupRun backup) {
        BackupRun here = prune(backup, pruning, "here");
        return remote.map(bucket -> prune(here, bucket, "in the bucket")).orElse(here);
    }

    private BackupRun prune(BackupRun backup, Pruning place, String where) {
        try {
            PrunePlan plan = place.plan(backup.stack(), inUse.get());
            BackupRun told = backup.warn(plan.decision().lackingLines());
            if (plan.isEmpty()) {
                return told;
            }
            if (!plan.drops().isEmpty()) {
                return told.warn(List.of("no older backup was removed " + where + ", since this one holds much less"
                        + " than the one before; look at `dolmen plan prune`"));
            }
            PrunePlan done = place.carryOut(plan);
            LOG.info("removed {} {}", where, done.words());
            return told.tell("pruned " + where + ": " + done.words()
                    + (done.kept().isEmpty() ? "" : ": " + done.kept().why()));
        } catch (StepFailure failure) {
            LOG.warn("could not prune {}: {} HINT: {}", where, failure.getMessage(), failure.hint());
            return backup.warn(List.of("older backups could not be removed " + where + ": " + failure.getMessage()));
        }
    }
}
