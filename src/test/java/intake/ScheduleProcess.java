package intake;

import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.runs.DueTimes;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process that keeps a schedule, with real Quartz, and prints the time again and again and each run that it begins; Quartz
 * may do so milliseconds early.
 */
final class ScheduleProcess {
    private ScheduleProcess() {}

    public static void main(String[] arguments) throws Exception {
        ZoneId zone = ZoneId.of(arguments[0]);
        Timetable timetable = Timetable.of(
                Optional.of(new Schedule(arguments[1], zone)), Optional.of(new Schedule(arguments[2], zone)));
        Clock clock = Clock.systemUTC();
        DueTimes times = new DueTimes(timetable, clock);
        DefaultCamelContext context = new DefaultCamelContext();
        context.addRoutes(new DueBackup(
                times,
                request -> {
                    Instant began = clock.instant().plusMillis(10);
                    System.out.println("BEGAN "
                            + request.options(BackupOptions.class)
                                    .kind()
                                    .orElseThrow()
                                    .word() + " " + began);
                    return Report.success(Run.begin(request, clock.instant()), "made", List.of(), clock.instant());
                },
                (request, why) -> {}));
        context.addRoutes(new QuartzSchedule(timetable, times));
        context.addRoutes(new ScheduleWatchdog(times, Duration.ofSeconds(1)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("scheduler:now?delay=500").process(look -> System.out.println("NOW " + clock.instant()));
            }
        });
        context.start();
        new CountDownLatch(1).await();
    }
}
