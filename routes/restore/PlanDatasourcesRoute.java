package restore;

import dolmen.model.Plan;
import dolmen.model.Report;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reports what a restore of single datasources would do, or why it would be refused; changes nothing. */
public final class PlanDatasourcesRoute extends RouteBuilder {
    private final Function<RestoreRun, Plan> planner;
    private final Consumer<Run> tidy;
    private final Clock clock;

    /** {@code tidy} removes the files that the selection of the backup has left on this machine. */
    public PlanDatasourcesRoute(Function<RestoreRun, Plan> planner, Consumer<Run> tidy, Clock clock) {
        this.tidy = tidy;
        this.planner = planner;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:plan-datasources")
                .routeId("plan-datasources")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:select-datasources")
                .transform()
                .body(RestoreRun.class, this::report);
    }

    private Report report(RestoreRun restore) {
        Plan plan = planner.apply(restore);
        tidy.accept(restore.run());
        return PlanRoute.report(restore.run(), plan, clock.instant());
    }
}
