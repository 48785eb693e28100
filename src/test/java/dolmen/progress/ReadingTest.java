package dolmen.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void all_that_is_known_is_told() {
        StepProgress reading = new StepProgress(
                "archive-segments",
                1_400_000_000,
                OptionalLong.of(3_400_000_000L),
                85_100_000,
                Optional.of(Duration.ofSeconds(24)),
                MINUTE);
        assertThat(reading.words()).isEqualTo("archive-segments: 1.4 GB of 3.4 GB, 41 %, 85.1 MB/s, 0:24 left");
        assertThat(reading.bar(100))
                .isEqualTo("archive-segments  [########............] 41 %  1.4 GB of 3.4 GB  85.1 MB/s  0:24 left");
    }

    @Test
    void without_a_total_there_is_no_bar_and_no_time_left_but_the_time_that_it_took() {
        StepProgress reading =
                new StepProgress("dump-metadata", 2_500_000, OptionalLong.empty(), 1_200_000, Optional.empty(), MINUTE);
        assertThat(reading.words()).isEqualTo("dump-metadata: 2.5 MB, 1.2 MB/s, for 1:00");
        assertThat(reading.bar(100)).isEqualTo("dump-metadata  2.5 MB  1.2 MB/s  for 1:00");
    }

    @Test
    void small_amounts_are_short() {
        assertThat(StepProgress.mean("x", 999_999, OptionalLong.empty(), MINUTE).words())
                .isEqualTo("x: 999 kB, 16 kB/s, for 1:00");
        assertThat(StepProgress.mean("x", 999, OptionalLong.empty(), MINUTE).words())
                .isEqualTo("x: 999 bytes, 17 bytes/s, for 1:00");
    }

    @Test
    void a_step_that_moves_no_bytes_tells_its_time_alone() {
        assertThat(StepProgress.mean("load-metadata", 0, OptionalLong.empty(), MINUTE)
                        .words())
                .isEqualTo("load-metadata: for 1:00");
    }

    @Test
    void a_hundred_percent_is_all_and_there_is_never_more() {
        assertThat(percent(999, 1000)).isEqualTo("99 %");
        assertThat(percent(1000, 1000)).isEqualTo("100 %");
        assertThat(percent(1001, 1000)).isEqualTo("100 %");
        assertThat(percent(0, 1000)).isEqualTo("0 %");
        assertThat(StepProgress.mean("x", 0, OptionalLong.of(0), MINUTE).words())
                .isEqualTo("x: 0 bytes of 0 bytes, for 1:00");
    }

    private static String percent(long done, long total) {
        return StepProgress.mean("x", done, OptionalLong.of(total), MINUTE)
                .words()
                .split(", ")[1];
    }

    @Test
    void another_process_tells_the_mean_rate() {
        assertThat(StepProgress.mean("x", 60_000_000, OptionalLong.of(90_000_000), MINUTE)
                        .words())
                .isEqualTo("x: 60.0 MB of 90.0 MB, 66 %, 1.0 MB/s, 0:30 left");
    }

    @Test
    void a_narrow_terminal_gets_one_line_all_the_same() {
        StepProgress reading = StepProgress.mean("archive-segments", 5, OptionalLong.of(10), MINUTE);
        assertThat(reading.bar(20)).hasSize(19).isEqualTo("archive-segments  5");
    }

    @Test
    void on_a_usual_terminal_the_bar_becomes_shorter_and_the_time_stays() {
        StepProgress reading = StepProgress.mean(
                "archive-segments", 251_400_000, OptionalLong.of(336_600_000), Duration.ofSeconds(10));
        assertThat(reading.bar(80))
                .isEqualTo("archive-segments  [#######...] 74 %  251.4 MB of 336.6 MB  25.1 MB/s  0:04 left")
                .hasSizeLessThan(80);
    }

    @Test
    void times_are_written_as_a_clock_does() {
        assertThat(StepProgress.clock(Duration.ofSeconds(7))).isEqualTo("0:07");
        assertThat(StepProgress.clock(Duration.ofSeconds(754))).isEqualTo("12:34");
        assertThat(StepProgress.clock(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
        assertThat(StepProgress.clock(Duration.ofHours(30))).isEqualTo("30:00:00");
    }
}
