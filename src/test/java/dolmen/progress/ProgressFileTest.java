package dolmen.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Json;
import dolmen.model.Meter;
import dolmen.model.ProgressState;
import dolmen.model.RunId;
import dolmen.runs.ProgressFile;
import dolmen.runs.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The file of progress, which others read while it is written. */
class ProgressFileTest extends WrittenProgress {
    private static final RunId VERIFY = new RunId("20261124-020000-002-verify");

    @Test
    void the_file_goes_after_a_failure_too() {
        assertThatThrownBy(() -> progress.during(BACKUP, true, () -> {
                    progress.beginStep("x").add(1);
                    await(1);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(state).isEmptyDirectory();
        assertThat(progress.beginStep("after it")).isSameAs(Meter.NONE);
    }

    @Test
    void whoever_reads_the_file_meanwhile_finds_it_whole() {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> readUntil(ended));
        progress.during(BACKUP, true, () -> {
            for (int step = 0; step < 200; step++) {
                String name = "step" + "-".repeat(step);
                progress.beginStep(name).add(step + 1);
                await(step + 1);
                progress.endStep(name);
            }
            return null;
        });
        ended.set(true);
        assertThat(reader.join()).isGreaterThan(200);
    }

    private int readUntil(AtomicBoolean ended) {
        int reads = 0;
        while (!ended.get()) {
            try {
                ProgressState whole = Json.MAPPER.readValue(Files.readAllBytes(file), ProgressState.class);
                assertThat(whole.run()).isEqualTo(BACKUP);
                reads++;
            } catch (NoSuchFileException before) {
                Thread.onSpinWait();
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        }
        return reads;
    }

    @Test
    void a_run_without_the_lock_beside_one_that_holds_it_counts_for_itself_and_writes_nothing() {
        progress.during(BACKUP, true, () -> {
            Meter meter = progress.beginStep("archive-segments");
            meter.add(5);
            CompletableFuture.runAsync(() -> progress.during(VERIFY, false, () -> {
                        progress.beginStep("read-archive").add(1000);
                        return null;
                    }))
                    .join();
            meter.add(1);
            ProgressState seen = await(6);
            assertThat(seen.step()).isEqualTo("archive-segments");
            return null;
        });
    }

    @Test
    void what_a_killed_run_left_is_not_shown_as_running() {
        ProgressFile left = new ProgressFile(state);
        Instant now = Instant.parse("2026-11-26T02:00:00Z");
        ProgressState old = new ProgressState(BACKUP, "x", 1, Optional.of(2L), now, now);
        left.write(old);

        assertThat(left.running(now)).as("nobody holds the lock").isEmpty();
        try (RunLock held = RunLock.take(state, "backup")) {
            assertThat(held).isNotNull();
            assertThat(left.running(now.plusSeconds(2))).contains(old);
            assertThat(left.running(now.plusSeconds(60)))
                    .as("another run holds the lock")
                    .isEmpty();
        }
    }

    @Test
    void a_run_goes_on_when_the_file_cannot_be_written() {
        List<String> shown = new ArrayList<>();
        RunProgress lost = new RunProgress(
                state.resolve("gone"),
                Clock.systemUTC(),
                new Display() {
                    @Override
                    public synchronized void show(StepProgress reading) {
                        shown.add(reading.step());
                    }

                    @Override
                    public void clear() {}
                },
                Duration.ofMillis(1));
        String report = lost.during(BACKUP, true, () -> {
            lost.beginStep("x");
            Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> shown.size() > 5);
            return "done";
        });
        assertThat(report).isEqualTo("done");
    }
}
