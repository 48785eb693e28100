package dolmen.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeedTest {
    private static final long SECOND = 1_000_000_000;

    private final Speed speed = new Speed();

    @Test
    void one_look_tells_no_rate_and_no_time() {
        assertThat(speed.perSecond()).isZero();
        assertThat(speed.left(1)).isEmpty();
        speed.at(5 * SECOND, 1000);
        assertThat(speed.perSecond()).isZero();
        assertThat(speed.left(1)).isEmpty();
    }

    @Test
    void the_rate_is_that_of_the_last_seconds_and_forgets_what_was_before() {
        for (int second = 0; second <= 60; second++) {
            speed.at(second * SECOND, second * 100L);
        }
        assertThat(speed.perSecond()).isEqualTo(100);
        for (int second = 61; second <= 75; second++) {
            speed.at(second * SECOND, 6000 + (second - 60) * 500L);
        }
        assertThat(speed.perSecond()).isEqualTo(500);
    }

    @Test
    void one_slow_look_changes_the_rate_by_little() {
        for (int half = 0; half < 20; half++) {
            speed.at(half * SECOND / 2, half * 50L);
        }
        speed.at(10 * SECOND, 950);
        assertThat(speed.perSecond()).isBetween(90L, 100L);
    }

    @Test
    void the_time_left_is_told_when_some_seconds_have_passed_and_something_moves() {
        speed.at(0, 0);
        speed.at(2 * SECOND, 200);
        assertThat(speed.left(1000)).isEmpty();
        speed.at(3 * SECOND, 300);
        assertThat(speed.left(1000)).contains(Duration.ofSeconds(10));
        assertThat(speed.left(1001)).contains(Duration.ofSeconds(11));
        assertThat(speed.left(-5)).contains(Duration.ZERO);
    }

    @Test
    void the_wait_before_the_first_byte_does_not_slow_the_rate() {
        speed.at(0, 0);
        speed.at(9 * SECOND, 0);
        speed.at(13 * SECOND, 400);
        assertThat(speed.perSecond()).isEqualTo(100);
    }

    @Test
    void what_stands_still_or_is_done_again_has_no_rate_and_no_time() {
        speed.at(0, 1000);
        speed.at(5 * SECOND, 1000);
        assertThat(speed.perSecond()).isZero();
        assertThat(speed.left(10)).isEmpty();
        speed.at(6 * SECOND, 400);
        assertThat(speed.perSecond()).isZero();
    }
}
