package backup;

import dolmen.backup.BackupReport;
import dolmen.model.BackupRun;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.LateFailures;
import shared.StepFailures;

/** A backup, top to bottom. Each line is one file in this folder. */
public final class BackupRoute extends RouteBuilder {
    private final Clock clock;

    public BackupRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:backup")
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
                .to("direct:prune-backups")
                .choice()
                .when(LateFailures::any)
                .process(exchange -> giveUp(exchange, exchange.getMessage().getBody(BackupRun.class)))
                .to("direct:give-up")
                .transform()
                .exchange(LateFailures::report)
                .endChoice()
                .otherwise()
                .transform()
                .body(BackupRun.class, backup -> BackupReport.of(backup, clock.instant()));
    }

    private static void giveUp(Exchange exchange, BackupRun backup) {
        LateFailures.giveUp(exchange, backup.run(), BackupReport.lines(backup));
    }

    /** The loop asks this too after one of its steps has given up: the body is then the report of the run. */
    private static boolean unmatched(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof BackupRun backup && backup.unmatched();
    }
}
