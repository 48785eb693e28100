package restore;

import dolmen.model.Report;
import dolmen.model.UndoRun;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * Undoes a verified restore: what it replaced becomes live again. Every step is repeatable. From swap-back on nothing is put back: an
 * undo that is interrupted there goes through this route again, and completes what it began.
 */
public final class UndoRoute extends RouteBuilder {
    private final Clock clock;

    public UndoRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:undo")
                .routeId("undo")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:check-undo")
                .to("direct:stop-for-undo")
                .to("direct:compare-undo")
                .to("direct:swap-back")
                .to("direct:drop-undone")
                .transform()
                .body(UndoRun.class, this::report);
    }

    private Report report(UndoRun undo) {
        return Report.success(
                undo.run(),
                "undid " + undo.undone().id() + ": what it had replaced is live again",
                undo.details(),
                clock.instant());
    }
}
