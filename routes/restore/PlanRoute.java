package restore;

import dolmen.model.Plan;
import dolmen.model.Report;
import dolmen.model.RestoreRun;
import dolmen.model.StepFailure.Refused;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Says what a restore would do, and why it would be refused; changes nothing. */
public final class PlanRoute extends RouteBuilder {
    private final Function<RestoreRun, Plan> planner;
    private final Clock clock;

    public PlanRoute(Function<RestoreRun, Plan> planner, Clock clock) {
        this.planner = planner;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:plan")
                .routeId("plan")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:select-backup")
                .transform()
                .body(RestoreRun.class, this::report);
    }

    private Report report(RestoreRun restore) {
        Plan plan = planner.apply(restore);
        List<String> lines = new ArrayList<>(plan.lines());
        if (!plan.losses().isEmpty()) {
            lines.add("would be lost");
            plan.losses().forEach(loss -> lines.add("  " + loss));
        }
        if (plan.refusals().isEmpty()) {
            String summary = plan.losses().isEmpty()
                    ? "nothing stands against this restore"
                    : "this restore would lose something: it needs --yes, or confirm=yes in the trigger";
            return Report.success(restore.run(), summary, lines, clock.instant());
        }
        Refused refused = new Refused(
                "this restore would be refused: " + String.join("; ", plan.refusals()), "Nothing was changed.");
        return Report.failure(restore.run(), "", refused, clock.instant()).and(lines);
    }
}
