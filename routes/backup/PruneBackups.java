package backup;

import dolmen.catalog.Pruning;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.PrunePlan;
import dolmen.model.StepFailure;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * Removes the backups that no rule keeps any more, where that is wanted. The backup is published by now: what goes wrong
 * here is a warning of it.
 */
public final class PruneBackups extends RouteBuilder {
    private final Pruning pruning;
    private final Supplier<Set<Label>> inUse;
    private final boolean wanted;

    public PruneBackups(Pruning pruning, Supplier<Set<Label>> inUse, boolean wanted) {
        this.pruning = pruning;
        this.inUse = inUse;
        this.wanted = wanted;
    }

    @Override
    public void configure() {
        from("direct:prune-backups")
                .routeId("prune-backups")
                .routeConfigurationId(StepFailures.STEP)
                .filter(exchange -> wanted)
                .transform()
                .body(BackupRun.class, this::prune);
    }

    private BackupRun prune(BackupRun backup) {
        try {
            PrunePlan plan = pruning.plan(backup.stack(), inUse.get());
            if (plan.isEmpty()) {
                return backup;
            }
            if (!plan.drops().isEmpty()) {
                return backup.warn(List.of("no older backup was removed, since this one holds much less than the one"
                        + " before; look at `dolmen plan prune`"));
            }
            pruning.carryOut(plan);
            log.info("removed {}", plan.words());
            return backup.tell("pruned: " + plan.words());
        } catch (StepFailure failure) {
            log.warn("could not prune: {} HINT: {}", failure.getMessage(), failure.hint());
            return backup.warn(List.of("older backups could not be removed: " + failure.getMessage()));
        }
    }
}
