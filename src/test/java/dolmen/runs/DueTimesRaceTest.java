package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.SetClock;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import dolmen.settings.Timetable.Due;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Quartz and the watchdog at the same moment. */
class DueTimesRaceTest {
    private final SetClock clock = new SetClock("2026-06-10T02:29:59Z");

    @Test
    void however_many_ask_at_once_one_begins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 200; round++) {
                clock.set("2026-06-10T02:29:59Z");
                DueTimes times = new DueTimes(
                        Timetable.of(Optional.of(new Schedule("0 30 2 * * ?", ZoneId.of("UTC"))), Optional.empty()),
                        clock);
                clock.set("2026-06-11T12:00:00Z");
                for (int look = 0; look < 5; look++) {
                    assertThat(times.takeOverdue()).isEmpty();
                }
                CyclicBarrier together = new CyclicBarrier(8);
                Supplier<Optional<Due>> quartz = times::take;
                Supplier<Optional<Due>> watchdog = times::takeOverdue;
                List<Future<Optional<Due>>> asked = IntStream.range(0, 8)
                        .mapToObj(each -> threads.submit(() -> {
                            together.await();
                            return (each % 2 == 0 ? quartz : watchdog).get();
                        }))
                        .toList();
                int given = 0;
                for (Future<Optional<Due>> each : asked) {
                    given += each.get().isPresent() ? 1 : 0;
                }
                assertThat(given).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
