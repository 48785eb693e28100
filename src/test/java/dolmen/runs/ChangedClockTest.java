package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Logged;
import dolmen.model.Kind;
import dolmen.settings.Timetable.Due;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Due times while the clock is changed. */
class ChangedClockTest extends NightlyTimes {
    @Test
    @Tag("SC-02")
    void on_the_days_of_the_change_a_time_is_begun_once_whatever_quartz_does() {
        clock.set("2026-03-28T12:00:00Z");
        times = nightly();
        clock.set("2026-03-29T01:29:59Z");
        assertThat(looks(20)).isEmpty();
        clock.set("2026-03-29T01:30:00Z");
        assertThat(looks(20)).containsExactly(Kind.FULL);
        times.ended();
        clock.set("2026-10-24T12:00:00Z");
        times = nightly();
        clock.set("2026-10-25T00:30:00Z");
        assertThat(times.take()).isPresent();
        times.ended();
        clock.set("2026-10-25T01:30:00Z");
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
    }

    @Test
    void a_clock_that_is_set_back_by_up_to_a_minute_is_waited_for() {
        clock.set("2026-06-10T00:30:30Z");
        assertThat(times.take()).isPresent();
        times.ended();
        clock.set("2026-06-10T00:29:31Z");
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
    }

    @Test
    void a_clock_that_is_corrected_while_the_run_goes_on_makes_no_time_come_twice() {
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isPresent();
        clock.set("2026-06-10T00:29:40Z");
        times.ended();
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
    }

    @Test
    void a_clock_that_is_set_back_by_more_has_its_times_again_also_while_a_run_goes_on() {
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isPresent();
        clock.set("2026-06-09T00:29:00Z");
        try (Logged said = new Logged(DueTimes.class.getName())) {
            times.ended();
            assertThat(said.lines())
                    .containsExactly("the clock was set back by 86460 s; the schedule goes on from here");
        }
        clock.set("2026-06-09T00:30:00Z");
        assertThat(looks(6)).containsExactly(Kind.FULL);
        times.ended();
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isPresent();
        times.ended();
        clock.set("2026-06-10T00:28:00Z");
        try (Logged said = new Logged(DueTimes.class.getName())) {
            assertThat(looks(20)).isEmpty();
            assertThat(said.lines()).containsExactly("the clock was set back by 120 s; the schedule goes on from here");
        }
    }

    @Test
    void a_clock_that_is_set_forward_over_many_times_begins_one() {
        clock.set("2026-06-20T12:00:00Z");
        assertThat(times.take()).map(Due::time).contains(Instant.parse("2026-06-10T00:30:00Z"));
        times.ended();
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
    }
}
