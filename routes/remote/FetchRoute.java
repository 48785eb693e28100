package remote;

import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Brings a backup from the bucket into the catalog. */
public final class FetchRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:fetch")
                .routeId("fetch")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:fetch-remote");
    }
}
