package restore;

import dolmen.model.Plan;
import dolmen.model.Report;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.StepFailure.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reports what a restore would do, or why it would be refused; changes nothing. */
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
                .body(RestoreRun.class, restore -> report(restore.run(), planner.apply(restore), clock.instant()));
    }

    /** The report of a plan: a failure where the restore would be refused. */
    static Report report(Run run, Plan plan, Instant now) {
        List<String> lines = new ArrayList<>(plan.lines());
        if (!plan.losses().isEmpty()) {
            lines.add("would be lost");
            plan.losses().forEach(loss -> lines.add("  " + loss));
        }
        if (plan.refusals().isEmpty()) {
            return Report.success(run, summary(plan), lines, now);
        }
        Refused refused = new Refused(
                "this restore would be refused: " + String.join("; ", plan.refusals()), "Nothing was changed.");
        return Report.failure(run, "", refused, now).and(lines);
    }

    private static String summary(Plan plan) {
        String consent = ": it needs --yes, or confirm=yes in the trigger";
        if (!plan.losses().isEmpty()) {
            return "this restore would lose something" + consent;
        }
        return plan.doubts().isEmpty()
                ? "nothing stands against this restore"
                : "the backup is suspicious" + consent + ", unless its reasons are accepted (`dolmen accept`)";
    }
}
