package remote;

import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Copies a backup of the catalog to an endpoint, or goes on with a copy that was interrupted. */
public final class CopyRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:copy")
                .routeId("copy")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:send-copy");
    }
}
