package export;

import dolmen.model.BackupContents;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.Size;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reads a backup whole and writes it as plain files, top to bottom. */
public final class ExportRoute extends RouteBuilder {
    static final String ASKED = "dolmen.asked";

    private final Clock clock;

    public ExportRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:export")
                .routeId("export")
                .routeConfigurationId(StepFailures.RUN)
                .setProperty(ASKED, body())
                .to("direct:find-backup")
                .to("direct:examine-backup")
                .to("direct:write-export")
                .process(this::report);
    }

    private void report(Exchange exchange) {
        Run run = exchange.getProperty(ASKED, Run.class);
        BackupContents backup = exchange.getMessage().getBody(BackupContents.class);
        exchange.getMessage()
                .setBody(Report.success(
                        run,
                        "exported " + backup.name() + " to " + folder(exchange),
                        List.of("segments: " + backup.files() + " files, " + Size.words(backup.bytes())),
                        clock.instant()));
    }

    /** Where the export goes to. */
    static Path folder(Exchange exchange) {
        return Path.of(exchange.getProperty(ASKED, Run.class).request().to().orElseThrow());
    }
}
