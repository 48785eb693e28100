package remote;

import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Uploads a backup of the catalog, or goes on with an upload that was interrupted. */
public final class UploadRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:upload")
                .routeId("upload")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:send-backup");
    }
}
