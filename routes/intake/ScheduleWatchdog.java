package intake;

import dolmen.runs.DueTimes;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;

/**
 * Begins the scheduled backups that Quartz did not begin. It counts time instead of reading it: Quartz waits for the old
 * time when the clock is set back, and leaves out a local time that the change to summer time leaves out.
 */
public final class ScheduleWatchdog extends RouteBuilder {
    private final DueTimes times;
    private final Duration pause;

    public ScheduleWatchdog(DueTimes times, Duration pause) {
        this.times = times;
        this.pause = pause;
    }

    @Override
    public void configure() {
        from("scheduler:schedule-watchdog?delay=" + pause.toMillis())
                .routeId("schedule-watchdog")
                .errorHandler(noErrorHandler())
                .transform()
                .exchange(look -> times.takeOverdue().orElse(null))
                .filter(body().isNotNull())
                .to("direct:due-backup");
    }
}
