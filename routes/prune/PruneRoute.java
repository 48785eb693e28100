package prune;

import dolmen.model.PruneRun;
import dolmen.model.Report;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Removes the backups that no rule keeps, top to bottom. */
public final class PruneRoute extends RouteBuilder {
    private final Clock clock;

    public PruneRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:prune")
                .routeId("prune")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:select-prunable")
                .to("direct:check-pruning")
                .to("direct:remove-backups")
                .transform()
                .body(PruneRun.class, this::report);
    }

    private Report report(PruneRun pruning) {
        return Report.success(
                pruning.run(),
                pruning.plan().isEmpty()
                        ? pruning.plan().words()
                        : "removed " + pruning.plan().words(),
                pruning.plan().lines(),
                clock.instant());
    }
}
