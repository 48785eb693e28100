package backup;

import dolmen.backup.BackupReport;
import dolmen.model.BackupRun;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import shared.LateEnding;
import shared.LateFailures;
import shared.StepFailures;

/** A backup, a step a line: dump and archive are made anew until they fit together. */
public final class BackupRoute extends RouteBuilder {
    private final Clock clock;

    public BackupRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        ProcessorDefinition<?> steps = from("direct:backup")
                .routeId("backup")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:begin-backup")
                .loopDoWhile(BackupRoute::unmatched)
                .to("direct:dump-metadata")
                .to("direct:archive-segments")
                .to("direct:match-segments")
                .end()
                .to("direct:archive-metabase")
                .to("direct:compare-with-druid")
                .to("direct:write-manifest")
                .to("direct:read-back-backup")
                .to("direct:publish-backup")
                .process(LateFailures::collect)
                .to("direct:each-upload-backup")
                .to("direct:each-copy-backup")
                .to("direct:prune-backups");
        new LateEnding<>(
                        BackupRun.class,
                        BackupRun::run,
                        BackupReport::lines,
                        backup -> BackupReport.of(backup, clock.instant()))
                .after(steps);
    }

    /** The loop asks this too after one of its steps has given up: the body is then the report of the run. */
    private static boolean unmatched(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof BackupRun backup && backup.unmatched();
    }
}
