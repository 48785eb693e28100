package intake;

import dolmen.model.Kind;
import dolmen.runs.DueTimes;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.util.Map;
import java.util.TimeZone;
import org.apache.camel.builder.EndpointConsumerBuilder;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;

/** Begins the scheduled backups: Quartz fires at the times of each schedule, and what is due then is made. */
public final class QuartzSchedule extends EndpointRouteBuilder {
    /** Quartz reads the clock every second, so it sees at once when that was set forward; its threads hold up no process. */
    private static final Map<String, String> QUARTZ = Map.of(
            "org.quartz.scheduler.idleWaitTime", "1000",
            "org.quartz.scheduler.makeSchedulerThreadDaemon", "true",
            "org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool",
            "org.quartz.threadPool.threadCount", "2",
            "org.quartz.threadPool.makeThreadsDaemons", "true");

    private final Timetable timetable;
    private final DueTimes times;

    public QuartzSchedule(Timetable timetable, DueTimes times) {
        this.timetable = timetable;
        this.times = times;
    }

    @Override
    public void configure() {
        getContext().getRegistry().bind("quartz", quartzComponent());
        timetable
                .schedules()
                .forEach((kind, schedule) -> from(fires(kind, schedule))
                        .routeId(kind.word() + "-schedule")
                        .errorHandler(noErrorHandler())
                        .transform()
                        .exchange(fired -> times.take().orElse(null))
                        .filter(body().isNotNull())
                        .to("direct:due-backup"));
    }

    /** At shutdown it interrupts its jobs: Camel has already waited for them as long as it may. */
    private static QuartzComponent quartzComponent() {
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(QUARTZ);
        quartz.setEnableJmx(false);
        quartz.setInterruptJobsOnShutdown(true);
        return quartz;
    }

    private EndpointConsumerBuilder fires(Kind kind, Schedule schedule) {
        return quartz("dolmen/" + kind.word())
                .cron(schedule.cron())
                .stateful(true)
                .advanced()
                .ignoreExpiredNextFireTime(true)
                .triggerParameters("timeZone", "RAW(" + zone(schedule) + ")");
    }

    /** As Quartz reads it: +02:00 and UTC+02:00 would be GMT to it. */
    private static String zone(Schedule schedule) {
        return TimeZone.getTimeZone(schedule.zone().normalized()).getID();
    }
}
