package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Kind;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.StepFailure;
import dolmen.runs.DueTimes;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;

/** Camel's Quartz endpoints in a context, as {@code dolmen run} has them, by the real clock. */
class QuartzScheduleTest extends CamelTestSupport {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Clock clock = Clock.systemUTC();
    private final List<Kind> kinds = new CopyOnWriteArrayList<>();
    private final List<StepFailure> leftOut = new CopyOnWriteArrayList<>();
    private final List<Long> seconds = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private boolean held;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 2 ? * SUN",
                "0 0 2 ? * MON-SAT",
                "0 0 2 * * ?",
                "0 0,30 2,3 * * ?",
                "0/5 * * * * ?",
                "0 0/15 2-4 1,15 * ? 2026-2090",
                "0 0 2 L * ?",
                "0 0 2 L-3 * ?",
                "0 0 2 LW * ?",
                "0 0 2 15W * ?",
                "0 0 2 ? * 6L",
                "0 0 2 ? * 6#3",
                "0 0 2 ? * sun,wed#2",
                " 0  0\t2 ? * SUN "
            })
    void an_expression_comes_to_quartz_as_it_is_written(String cron) throws Exception {
        Schedule schedule = new Schedule(cron, UTC);
        serve(Timetable.of(Optional.of(schedule), Optional.empty()));

        CronTrigger trigger = trigger("full");
        Date now = new Date();
        assertThat(trigger.getFireTimeAfter(now).toInstant())
                .isEqualTo(schedule.next(now.toInstant()).orElseThrow());
        assertThat(trigger.getCronExpression().strip().split("\\s+"))
                .isEqualTo(cron.strip().toUpperCase(Locale.ROOT).split("\\s+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/St_Johns", "UTC", "Z", "GMT", "+02:00", "UTC-03:30", "Etc/GMT+5"})
    void a_time_zone_comes_to_quartz_as_it_is_set(String zone) throws Exception {
        serve(Timetable.of(Optional.of(new Schedule("0 0 2 * * ?", ZoneId.of(zone))), Optional.empty()));

        TimeZone quartz = trigger("full").getTimeZone();
        for (String time : List.of("2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z")) {
            Instant instant = Instant.parse(time);
            assertThat(quartz.getOffset(instant.toEpochMilli()) / 1000)
                    .isEqualTo(ZoneId.of(zone).getRules().getOffset(instant).getTotalSeconds());
        }
    }

    @Test
    void each_schedule_is_an_endpoint_in_a_route_and_a_kind_without_one_has_none() throws Exception {
        serve(Timetable.of(Optional.empty(), Optional.of(new Schedule("0 0 2 ? * MON-SAT", UTC))));

        assertThat(context.getRoute("full-schedule")).isNull();
        QuartzEndpoint endpoint =
                (QuartzEndpoint) context.getRoute("incremental-schedule").getEndpoint();
        System.out.println(endpoint.getEndpointUri());
        assertThat(endpoint.getTriggerKey()).isEqualTo(TriggerKey.triggerKey("incremental", "dolmen"));
        assertThat(endpoint.getCron()).isEqualTo("0 0 2 ? * MON-SAT");
        assertThat(endpoint.isStateful()).isTrue();
    }

    @Test
    void a_schedule_without_any_time_left_is_taken_and_never_fires() throws Exception {
        serve(Timetable.of(Optional.of(new Schedule("0 0 2 1 1 ? 2020", UTC)), Optional.empty()));

        assertThat(context.getRouteController().getRouteStatus("full-schedule").isStarted())
                .isTrue();
        assertThat(trigger("full")).isNull();
    }

    @Test
    void at_each_time_of_both_kinds_quartz_begins_the_full_one_alone_and_once() throws Exception {
        Schedule each = new Schedule("* * * * * ?", UTC);
        serve(Timetable.of(Optional.of(each), Optional.of(each)));
        Awaitility.await().atMost(LIMIT).until(() -> seconds.size() >= 8);
        assertThat(leftOut).isEmpty();
        assertThat(kinds).containsOnly(Kind.FULL);
        assertThat(seconds).doesNotHaveDuplicates().isSorted();
        assertThat(seconds.get(7) - seconds.get(0)).isEqualTo(7);
    }

    @Test
    void a_context_that_is_told_to_end_does_not_wait_for_a_run_that_quartz_began() throws Exception {
        held = true;
        serve(Timetable.of(Optional.of(new Schedule("* * * * * ?", UTC)), Optional.empty()));
        Awaitility.await().atMost(LIMIT).until(() -> kinds.size() == 1);
        context.getShutdownStrategy().setTimeout(1);

        Instant told = clock.instant();
        context.stop();

        assertThat(Duration.between(told, clock.instant())).isLessThan(Duration.ofSeconds(5));
        assertThat(kinds).hasSize(1);
        goOn.countDown();
    }

    @Test
    void the_threads_of_quartz_are_two_workers_that_hold_no_process_up() throws Exception {
        serve(Timetable.of(Optional.of(new Schedule("0 0 2 * * ?", UTC)), Optional.empty()));

        String name = scheduler().getSchedulerName();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith(name)))
                .hasSize(3)
                .allMatch(Thread::isDaemon);
    }

    /** The routes come when the context runs, as they do in {@code dolmen run}. */
    private void serve(Timetable timetable) throws Exception {
        DueTimes times = new DueTimes(timetable, clock);
        context.addRoutes(new DueBackup(
                times,
                request -> {
                    seconds.add(clock.instant().plusMillis(10).getEpochSecond());
                    kinds.add(request.options(BackupOptions.class).kind().orElseThrow());
                    hold();
                    return Report.success(Run.begin(request, clock.instant()), "made", List.of(), clock.instant());
                },
                (request, why) -> leftOut.add(why)));
        context.addRoutes(new QuartzSchedule(timetable, times));
        context.addRoutes(new ScheduleWatchdog(times, Duration.ofSeconds(1)));
    }

    private void hold() {
        try {
            if (held) {
                goOn.await();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private CronTrigger trigger(String name) throws Exception {
        return (CronTrigger) scheduler().getTrigger(TriggerKey.triggerKey(name, "dolmen"));
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }
}
