package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NightlyScheduleTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Instant> runs = new CopyOnWriteArrayList<>();
    private final SetClock clock = new SetClock();

    @Test
    @Tag("SC-02")
    @Tag("SC-05")
    void a_time_that_passed_while_the_machine_slept_or_the_clock_was_set_is_run_once() throws Exception {
        clock.now = Instant.parse("2026-03-29T00:20:00Z");
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new NightlySchedule(
                Timetable.of(Optional.of(new Schedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"))), Optional.empty()),
                request -> {
                    runs.add(clock.now);
                    return Report.success(Run.begin(request, clock.now), "made", List.of(), clock.now);
                },
                clock));
        context.start();
        try {
            looksSee(0);
            clock.now = Instant.parse("2026-03-29T01:30:01Z");
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 1);
            looksSee(1);
            clock.now = Instant.parse("2026-03-29T01:29:59Z");
            looksSee(1);
            clock.now = Instant.parse("2026-03-29T01:30:02Z");
            looksSee(1);
            clock.now = Instant.parse("2026-03-29T00:30:00Z");
            looksSee(1);
            clock.now = Instant.parse("2026-04-02T12:00:00Z");
            Awaitility.await().atMost(LIMIT).until(() -> runs.size() == 2);
            looksSee(2);
        } finally {
            context.stop();
        }
    }

    private void looksSee(int expected) {
        int before = clock.asked;
        Awaitility.await().atMost(LIMIT).until(() -> clock.asked > before + 1);
        assertThat(runs).hasSize(expected);
    }

    /** A clock that stands where it is put. */
    private static final class SetClock extends Clock {
        private volatile Instant now;
        private volatile int asked;

        @Override
        public synchronized Instant instant() {
            asked++;
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
