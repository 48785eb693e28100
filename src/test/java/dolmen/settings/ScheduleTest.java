package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
