package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.SetClock;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.runs.DueTimes;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScheduleWatchdogTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Instant> runs = new CopyOnWriteArrayList<>();
    private final SetClock clock = new SetClock("2026-03-29T00:20:00Z");

    @Test
    @Tag("SC-02")
    @Tag("SC-05")
    void a_time_that_passed_while_the_machine_slept_or_the_clock_was_set_is_run_once() throws Exception {
        CamelContext context = new DefaultCamelContext();
        Timetable nightly =
                Timetable.of(Optional.of(new Schedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"))), Optional.empty());
        DueTimes times = new DueTimes(nightly, clock);
        context.addRoutes(new DueBackup(
                times,
                request -> {
                    runs.add(clock.instant());
                    return Report.success(Run.begin(request, clock.instant()), "made", List.of(), clock.instant());
                },
                (request, why) -> {}));
        context.addRoutes(new QuartzSchedule(nightly, times));
        context.addRoutes(new ScheduleWatchdog(times, Duration.ofMillis(50)));
        context.start();
        try {
            looksSee(0);
            clock.set("2026-03-29T01:30:01Z");
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 1);
            looksSee(1);
            clock.set("2026-03-29T01:29:59Z");
            looksSee(1);
            clock.set("2026-03-29T01:30:02Z");
            looksSee(1);
            clock.set("2026-03-29T00:30:00Z");
            looksSee(1);
            clock.set("2026-04-02T12:00:00Z");
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 2);
            looksSee(2);
        } finally {
            context.stop();
        }
    }

    private void looksSee(int expected) {
        int before = clock.asked();
        Awaitility.await().atMost(LIMIT).until(() -> clock.asked() > before + 7);
        assertThat(runs).hasSize(expected);
    }
}
