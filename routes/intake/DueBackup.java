package intake;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import dolmen.runs.DueTimes;
import dolmen.settings.Timetable.Due;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;

/** Makes the scheduled backup that is due; a run of another kind that is still going on makes it skip, and say so. */
public final class DueBackup extends RouteBuilder {
    private final DueTimes times;
    private final Function<RunRequest, Report> runner;

    public DueBackup(DueTimes times, Function<RunRequest, Report> runner) {
        this.times = times;
        this.runner = runner;
    }

    @Override
    public void configure() {
        from("direct:due-backup")
                .routeId("due-backup")
                .errorHandler(noErrorHandler())
                .transform()
                .body(Due.class, this::run)
                .log("scheduled backup: ${body.outcome}, ${body.summary}");
    }

    private Report run(Due due) {
        try {
            return runner.apply(new RunRequest(Operation.BACKUP, Origin.SCHEDULE, new BackupOptions(due.kind())));
        } finally {
            times.ended();
        }
    }
}
