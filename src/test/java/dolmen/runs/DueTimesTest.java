package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Logged;
import dolmen.model.Kind;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import dolmen.settings.Timetable.Due;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DueTimesTest extends NightlyTimes {
    @Test
    void a_due_time_is_given_to_quartz_once() {
        assertThat(times.take()).isEmpty();
        clock.set("2026-06-10T00:30:00.003Z");
        assertThat(times.take()).map(Due::time).contains(Instant.parse("2026-06-10T00:30:00Z"));
        assertThat(times.take()).isEmpty();
        times.ended();
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
    }

    @Test
    void what_comes_due_while_a_backup_goes_on_is_left_out_and_the_first_of_it_is_named() {
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isPresent();
        clock.set("2026-06-12T04:00:00Z");
        assertThat(times.take()).isEmpty();
        assertThat(times.ended()).map(Due::time).contains(Instant.parse("2026-06-11T00:30:00Z"));
        assertThat(times.take()).isEmpty();
    }

    @Test
    void quartz_may_fire_two_milliseconds_early_and_the_watchdog_does_not_begin_the_same_time_again() {
        clock.set("2026-06-10T00:29:59.998Z");
        assertThat(times.take()).isPresent();
        times.ended();
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
    }

    @Test
    @Tag("SC-05")
    void the_watchdog_leaves_quartz_five_looks_and_then_begins_and_says_why() {
        clock.set("2026-06-11T12:00:00Z");
        try (Logged said = new Logged(DueTimes.class.getName())) {
            assertThat(looks(5)).isEmpty();
            assertThat(said.lines()).isEmpty();
            assertThat(looks(1)).containsExactly(Kind.FULL);
            assertThat(said.lines())
                    .containsExactly("Quartz did not begin the full backup that was due at 2026-06-10T02:30+02:00: the"
                            + " clock was set, or changed to or from summer time; it begins now");
        }
        assertThat(times.take()).isEmpty();
        times.ended();
        assertThat(looks(20)).isEmpty();
    }

    @Test
    void what_quartz_begins_in_time_the_watchdog_does_not() {
        clock.set("2026-06-10T00:30:00Z");
        assertThat(looks(5)).isEmpty();
        assertThat(times.take()).isPresent();
        times.ended();
        assertThat(looks(20)).isEmpty();
    }

    @Test
    void of_two_kinds_that_are_due_at_a_time_the_full_one_alone_is_given() {
        times = new DueTimes(
                Timetable.of(
                        Optional.of(new Schedule("0 30 2 ? * WED", BERLIN)),
                        Optional.of(new Schedule("0 30 2 * * ?", BERLIN))),
                clock);
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).map(Due::kind).contains(Kind.FULL);
        assertThat(times.take()).isEmpty();
        times.ended();
        assertThat(times.take()).isEmpty();
        clock.set("2026-06-11T00:30:00Z");
        assertThat(times.take()).map(Due::kind).contains(Kind.INCREMENTAL);
    }

    @Test
    void what_is_due_while_a_run_goes_on_is_skipped() {
        clock.set("2026-06-10T00:30:00Z");
        assertThat(times.take()).isPresent();
        clock.set("2026-06-11T00:30:00Z");
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
        times.ended();
        assertThat(times.take()).isEmpty();
        assertThat(looks(20)).isEmpty();
        clock.set("2026-06-12T00:30:00Z");
        assertThat(times.take()).isPresent();
    }
}
