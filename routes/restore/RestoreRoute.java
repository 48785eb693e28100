package restore;

import dolmen.model.Report;
import dolmen.model.RestoreRun;
import java.time.Clock;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * A restore of a whole stack, a step a line. All that takes long is done while the stack runs; services are down only while databases,
 * folders and files are renamed.
 */
public final class RestoreRoute extends RouteBuilder {
    private final Clock clock;

    public RestoreRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:restore")
                .routeId("restore")
                .routeConfigurationId(StepFailures.RESTORE)
                .to("direct:fetch-backup")
                .to("direct:select-backup")
                .to("direct:raise-stack")
                .to("direct:check-target")
                .to("direct:unpack-segments")
                .to("direct:load-metadata")
                .to("direct:clear-past")
                .to("direct:unpack-metabase")
                .to("direct:stop-services")
                .to("direct:compare-losses")
                .to("direct:swap-segments")
                .to("direct:swap-metadata")
                .to("direct:swap-metabase")
                .to("direct:start-services")
                .to("direct:match-live-segments")
                .to("direct:verify-restore")
                .to("direct:keep-safety-copy")
                .transform()
                .body(RestoreRun.class, this::report);
    }

    private Report report(RestoreRun restore) {
        return Report.success(
                restore.run(), "restored " + restore.subject() + restore.proof(), restore.details(), clock.instant());
    }
}
