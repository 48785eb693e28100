package export;

import dolmen.export.BackupExport;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Writes the dump, one archive of all segments, and Metabase's file. */
public final class WriteExport extends RouteBuilder {
    private final Supplier<Meter> meters;

    public WriteExport(Supplier<Meter> meters) {
        this.meters = meters;
    }

    @Override
    public void configure() {
        from("direct:write-export")
                .routeId("write-export")
                .routeConfigurationId(StepFailures.STEP)
                .process(this::write);
    }

    private void write(Exchange exchange) {
        BackupExport.write(
                exchange.getMessage().getBody(BackupContents.class), ExportRoute.folder(exchange), meters.get());
    }
}
