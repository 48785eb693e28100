package remote;

import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Says whether a backup in the bucket is whole. */
public final class VerifyRemoteRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:verify-remote")
                .routeId("verify-remote")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:read-remote");
    }
}
