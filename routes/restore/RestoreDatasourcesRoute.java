package restore;

import dolmen.model.Report;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * A restore of single datasources, top to bottom: no service is stopped, and everything else stays as it is; what was
 * down is started. Files come first, since Druid looks at none that its metadata does not name, and load rules before the rows that they keep;
 * the rows are exchanged in one transaction.
 */
public final class RestoreDatasourcesRoute extends RouteBuilder {
    private final Consumer<Run> tidy;
    private final Clock clock;

    /** {@code tidy} removes what the selection left on this machine. */
    public RestoreDatasourcesRoute(Consumer<Run> tidy, Clock clock) {
        this.tidy = tidy;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:restore-datasources")
                .routeId("restore-datasources")
                .routeConfigurationId(StepFailures.RESTORE)
                .to("direct:select-datasources")
                .to("direct:start-stack")
                .to("direct:check-target")
                .to("direct:fetch-datasources")
                .to("direct:add-segments")
                .to("direct:bring-rules")
                .to("direct:compare-losses")
                .to("direct:swap-datasources")
                .to("direct:match-live-segments")
                .to("direct:verify-restore")
                .to("direct:keep-safety-copy")
                .transform()
                .body(RestoreRun.class, this::report);
    }

    private Report report(RestoreRun restore) {
        tidy.accept(restore.run());
        return Report.success(
                restore.run(), "restored " + restore.subject() + restore.proof(), restore.details(), clock.instant());
    }
}
