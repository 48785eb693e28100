package intake;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.settings.Timetable;
import dolmen.settings.Timetable.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Begins the scheduled backups; a run that is still going on makes it skip, and say so. It looks at the clock every second,
 * by a scheduler that counts time instead of reading it, so that neither a suspended machine nor a clock that is set
 * takes a backup away: Quartz waits for the old time when the clock goes back by a day.
 */
public final class NightlySchedule extends RouteBuilder {
    /** A clock that is set back by no more is waited for, so that no time comes twice. */
    private static final Duration CORRECTION = Duration.ofMinutes(1);

    private static final String DUE = "dolmen.due";

    private final Timetable timetable;
    private final Function<RunRequest, Report> runner;
    private final Clock clock;
    private Instant looked;

    public NightlySchedule(Timetable timetable, Function<RunRequest, Report> runner, Clock clock) {
        this.timetable = timetable;
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public void configure() {
        looked = clock.instant();
        from("scheduler:nightly?delay=1000")
                .routeId("nightly-schedule")
                .errorHandler(noErrorHandler())
                .filter(this::due)
                .setBody(exchangeProperty(DUE))
                .transform()
                .body(Due.class, this::run)
                .log("scheduled backup: ${body.outcome}, ${body.summary}");
    }

    private boolean due(Exchange look) {
        Instant now = clock.instant();
        Instant since = looked;
        if (looked.isAfter(now)) {
            if (!looked.isAfter(now.plus(CORRECTION))) {
                return false;
            }
            log.warn(
                    "the clock was set back by {} s; the schedule goes on from here",
                    looked.getEpochSecond() - now.getEpochSecond());
            since = now;
        }
        looked = now;
        Optional<Due> due = timetable.missed(since, now);
        due.ifPresent(time -> look.setProperty(DUE, time));
        return due.isPresent();
    }

    /** What was due while the run went on is skipped. */
    private Report run(Due due) {
        Report report =
                runner.apply(RunRequest.of(Operation.BACKUP, Origin.SCHEDULE).of(due.kind()));
        looked = clock.instant();
        return report;
    }
}
