package prune;

import dolmen.model.PruneRun;
import dolmen.model.Report;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reports which backups a pruning would remove, and whether it would be held back; changes nothing. */
public final class PlanPruneRoute extends RouteBuilder {
    private final Clock clock;

    public PlanPruneRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:plan-prune")
                .routeId("plan-prune")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:select-prunable")
                .transform()
                .body(PruneRun.class, this::report);
    }

    private Report report(PruneRun pruning) {
        String summary = pruning.plan().isEmpty()
                ? pruning.plan().words()
                : "would remove " + pruning.plan().words();
        String held = pruning.plan().drops().isEmpty() ? "" : "; it would be held back and needs --yes";
        return Report.success(pruning.run(), summary + held, pruning.plan().lines(), clock.instant());
    }
}
