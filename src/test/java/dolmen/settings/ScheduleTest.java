package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @Test
    @Tag("SC-01")
    void a_time_is_one_of_the_zone_of_the_settings() {
        Schedule tokyo = new Schedule("0 0 2 * * ?", ZoneId.of("Asia/Tokyo"));

        assertThat(tokyo.next(Instant.parse("2026-01-01T16:59:00Z"))).contains(Instant.parse("2026-01-01T17:00:00Z"));
        assertThat(tokyo.next(Instant.parse("2026-01-01T17:00:00Z"))).contains(Instant.parse("2026-01-02T17:00:00Z"));
    }

    @Test
    @Tag("SC-02")
    void on_the_days_when_the_clock_is_changed_a_nightly_backup_comes_once() {
        Schedule nightly = new Schedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"));

        assertThat(times(nightly, "2026-03-27T12:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        assertThat(times(nightly, "2026-10-23T12:00:00Z", 3))
                .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    @Tag("SC-02")
    void asked_in_the_hour_that_comes_twice_the_backup_is_not_made_again() {
        Schedule nightly = new Schedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"));

        assertThat(times(nightly, "2026-10-25T00:30:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
        assertThat(times(nightly, "2026-10-25T01:10:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    @Tag("SC-02")
    void asked_in_the_hour_after_the_one_that_is_left_out_its_times_still_come() {
        Schedule nightly = new Schedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"));
        assertThat(times(nightly, "2026-03-29T00:59:59Z", 1)).containsExactly("2026-03-29T01:30:00Z");
        assertThat(times(nightly, "2026-03-29T01:00:00Z", 1)).containsExactly("2026-03-29T01:30:00Z");
        assertThat(times(nightly, "2026-03-29T01:29:59Z", 2))
                .containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    @Tag("SC-02")
    void where_the_clock_is_put_forward_by_half_an_hour_no_time_is_overtaken() {
        Schedule island = new Schedule("0 10,35 2 * * ?", ZoneId.of("Australia/Lord_Howe"));
        assertThat(times(island, "2026-10-03T12:00:00Z", 3))
                .containsExactly("2026-10-03T15:35:00Z", "2026-10-03T15:40:00Z", "2026-10-04T15:10:00Z");
    }

    /** Time by time, and by a look each minute, as the watchdog does. */
    @ParameterizedTest
    @ValueSource(strings = {"0 30 2 * * ?", "0 0/20 * * * ?", "0 15,45 1-3 * * ?", "0 5 2,3 ? * SUN", "0 59 1 * * ?"})
    void a_look_at_every_minute_finds_the_same_times_as_a_look_from_afar(String cron) {
        for (String zone : List.of("Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns")) {
            Schedule schedule = new Schedule(cron, ZoneId.of(zone));
            for (String month : List.of("2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24")) {
                Instant begin = Instant.parse(month + "T00:00:00Z");
                Instant end = begin.plus(Duration.ofDays(2));
                List<Instant> seen = new ArrayList<>();
                for (Instant look = begin; look.isBefore(end); look = look.plusSeconds(60)) {
                    Instant next = look.plusSeconds(60);
                    schedule.next(look).filter(time -> !time.isAfter(next)).ifPresent(seen::add);
                }
                List<Instant> times = new ArrayList<>();
                for (Instant time = schedule.next(begin).orElseThrow();
                        !time.isAfter(end);
                        time = schedule.next(time).orElseThrow()) {
                    times.add(time);
                }
                assertThat(seen).as("%s from %s", zone, month).isEqualTo(times);
            }
        }
    }

    /** Quartz reads over it, and the endpoint of the schedule would not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 2{{x}} * * ?",
                "0 0 2 * * ? * {{x}}",
                "0 0 2 * * ? * and more",
                "0 0 2&stateful=false * * ?",
                "0 0 2 * * ? 2027)",
                "0+0+2+*+*+?",
                "#full",
                "#bean:x",
                "RAW(0 0 2 * * ?)",
                "0 0 2 * *",
                "0 0 25 * * ?",
                "0 0 2 * * *",
                ""
            })
    void what_the_endpoint_would_take_otherwise_is_refused(String cron) {
        assertThatThrownBy(() -> new Schedule(cron, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + cron + "' is no Quartz cron expression such as 0 0 2 * * ?: ");
    }

    @Test
    void an_expression_without_any_time_left_gives_none_and_one_that_is_none_is_refused() {
        assertThat(new Schedule("0 0 2 1 1 ? 2020", ZoneId.of("UTC")).next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
        assertThatThrownBy(() -> new Schedule("daily", ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'daily'");
    }

    private static List<String> times(Schedule schedule, String after, int count) {
        List<String> times = new ArrayList<>();
        Instant time = Instant.parse(after);
        while (times.size() < count) {
            time = schedule.next(time).orElseThrow();
            times.add(time.toString());
        }
        return times;
    }
}
