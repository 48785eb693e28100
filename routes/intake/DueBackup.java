package intake;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Locked;
import dolmen.runs.DueTimes;
import dolmen.settings.Timetable.Due;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;

/** Makes the scheduled backup that is due. One that can't begin, since another run is still going on, has a report that says so. */
public final class DueBackup extends RouteBuilder {
    private final DueTimes times;
    private final Function<RunRequest, Report> runner;
    private final BiConsumer<RunRequest, StepFailure> leftOut;

    /** {@code leftOut} keeps the report of a backup that does not begin. */
    public DueBackup(DueTimes times, Function<RunRequest, Report> runner, BiConsumer<RunRequest, StepFailure> leftOut) {
        this.times = times;
        this.runner = runner;
        this.leftOut = leftOut;
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
            return runner.apply(backup(due));
        } finally {
            times.ended().ifPresent(missed -> leftOut.accept(backup(missed), overlap(missed)));
        }
    }

    private static RunRequest backup(Due due) {
        return new RunRequest(Operation.BACKUP, Origin.SCHEDULE, new BackupOptions(due.kind()));
    }

    private static Locked overlap(Due due) {
        return new Locked(
                "the " + due.kind().word() + " backup that was due at "
                        + due.time().atZone(due.zone()).toOffsetDateTime()
                        + " was left out, with all that came due since: the scheduled backup before it was still"
                        + " going on",
                "Where this happens often, let backups begin less often.");
    }
}
