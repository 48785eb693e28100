package export;

import dolmen.model.Examination;
import dolmen.pipeline.BackupExport;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Writes the dump, one archive of all segments, and Metabase's file. */
public final class WriteExport extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:write-export")
                .routeId("write-export")
                .routeConfigurationId(StepFailures.STEP)
                .process(WriteExport::write);
    }

    private static void write(Exchange exchange) {
        BackupExport.write(exchange.getMessage().getBody(Examination.class), ExportRoute.folder(exchange));
    }
}
