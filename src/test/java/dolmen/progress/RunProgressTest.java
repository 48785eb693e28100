package dolmen.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Meter;
import dolmen.model.ProgressState;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RunProgressTest extends WrittenProgress {
    @Test
    void the_file_tells_the_innermost_step_with_what_is_done_and_expected() {
        progress.during(BACKUP, true, () -> {
            progress.beginStep("read-back-backup");
            progress.beginStep("read-archive");
            Meter meter = progress.meter();
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
            progress.meter().add(1);
            assertThat(await(1).step()).isEqualTo("read-back-backup");
            return null;
        });
        assertThat(file).doesNotExist();
    }

    @Test
    void there_is_never_more_than_was_announced_nor_less_than_nothing() {
        progress.during(BACKUP, true, () -> {
            progress.beginStep("x");
            progress.meter().expect(10);
            progress.meter().add(11);
            assertThat(await(10).bytesTotal()).contains(10L);
            progress.beginStep("y");
            progress.meter().add(-3);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> read().step().equals("y"));
            assertThat(read().bytesDone()).isZero();
            progress.beginStep("z");
            progress.meter().guess(5);
            progress.meter().add(6);
            assertThat(await(6).bytesTotal()).isEmpty();
            return null;
        });
    }
}
