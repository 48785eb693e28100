package intake;

import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;

/** Makes up a scheduled backup that was missed, beside the start that asks for it. */
public final class MissedBackup extends RouteBuilder {
    /** A message here, the kind, begins the backup. */
    public static final String QUEUE = "seda:missed-backup";

    private final Function<RunRequest, Report> runner;

    public MissedBackup(Function<RunRequest, Report> runner) {
        this.runner = runner;
    }

    @Override
    public void configure() {
        from(QUEUE + "?pollTimeout=100")
                .routeId("missed-backup")
                .errorHandler(noErrorHandler())
                .transform()
                .body(
                        Kind.class,
                        kind -> runner.apply(
                                new RunRequest(Operation.BACKUP, Origin.SCHEDULE, new BackupOptions(kind))))
                .log("missed backup: ${body.outcome}, ${body.summary}");
    }
}
