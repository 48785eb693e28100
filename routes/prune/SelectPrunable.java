package prune;

import dolmen.model.PrunePlan;
import dolmen.model.PruneRun;
import dolmen.model.Run;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Decides by the policy which backups go, and which archives others still need. */
public final class SelectPrunable extends RouteBuilder {
    private final Function<Run, PrunePlan> planner;

    public SelectPrunable(Function<Run, PrunePlan> planner) {
        this.planner = planner;
    }

    @Override
    public void configure() {
        from("direct:select-prunable")
                .routeId("select-prunable")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(Run.class, run -> new PruneRun(run, planner.apply(run)));
    }
}
