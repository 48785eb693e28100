package verify;

import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reads a backup's folder whole, without any stack; grows an examination. */
public final class ExamineBackup extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:examine-backup")
                .routeId("examine-backup")
                .routeConfigurationId(StepFailures.STEP)
                .to("direct:check-files")
                .to("direct:read-dump")
                .to("direct:read-archive");
    }
}
