package restore;

import dolmen.model.Report;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * A restore of single datasources. No service is stopped, those that are down are started, and everything else in the stack stays as
 * it is. Files are put in place first, since Druid ignores files that its metadata does not name; then load rules, since the coordinator
 * marks segments unused that no rule keeps; then the rows of the segments, all in one transaction.
 */
public final class RestoreDatasourcesRoute extends RouteBuilder {
    private final Consumer<Run> tidy;
    private final Clock clock;

    /** {@code tidy} removes the files that the selection of the backup has left on this machine. */
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
