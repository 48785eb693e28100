package dolmen.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Logged;
import dolmen.model.Meter;
import dolmen.model.ProgressState;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RunProgressTest extends WrittenProgress {
    @Test
    void the_file_tells_the_innermost_step_with_what_is_done_and_expected() {
        progress.during(BACKUP, true, () -> {
            Meter outer = progress.beginStep("read-back-backup");
            Meter meter = progress.beginStep("read-archive");
            meter.guess(70);
            meter.add(7);
            assertThat(await(7).bytesTotal()).contains(70L);
            meter.expect(20);
            meter.follow(() -> 6);
            ProgressState seen = await(13);
            assertThat(seen.run()).isEqualTo(BACKUP);
            assertThat(seen.step()).isEqualTo("read-archive");
            assertThat(seen.bytesTotal()).contains(20L);
            assertThat(seen.at()).isAfterOrEqualTo(seen.since());
            progress.endStep("read-archive");
            outer.add(1);
            assertThat(await(1).step()).isEqualTo("read-back-backup");
            return null;
        });
        assertThat(file).doesNotExist();
    }

    @Test
    void a_display_that_breaks_is_told_by_the_log_and_breaks_no_run() {
        Display broken = new Display() {
            @Override
            public void show(StepProgress reading) {
                throw new IllegalStateException("a bug");
            }

            @Override
            public void clear() {}
        };
        RunProgress shown = new RunProgress(state, Clock.systemUTC(), broken, Duration.ofMillis(1));
        try (Logged log = new Logged("dolmen.progress")) {
            String ended = shown.during(BACKUP, false, () -> {
                shown.beginStep("x");
                Awaitility.await().until(() -> !log.lines().isEmpty());
                return "ended";
            });
            assertThat(ended).isEqualTo("ended");
            assertThat(log.lines()).containsExactly("the progress of " + BACKUP + " is not shown any more");
        }
    }

    @Test
    void there_is_never_more_than_was_announced_nor_less_than_nothing() {
        progress.during(BACKUP, true, () -> {
            Meter more = progress.beginStep("x");
            more.expect(10);
            more.add(11);
            assertThat(await(10).bytesTotal()).contains(10L);
            progress.beginStep("y").add(-3);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> read().step().equals("y"));
            assertThat(read().bytesDone()).isZero();
            Meter guessed = progress.beginStep("z");
            guessed.guess(5);
            guessed.add(6);
            assertThat(await(6).bytesTotal()).isEmpty();
            return null;
        });
    }
}
