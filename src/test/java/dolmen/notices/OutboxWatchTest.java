package dolmen.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Notice;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxWatchTest {
    @TempDir
    Path state;

    private Instant now = Instant.parse("2026-11-24T02:00:00Z");
    private final List<String> tried = new ArrayList<>();

    @Test
    void what_waits_is_tried_at_once_then_after_pauses_that_double_up_to_an_hour() {
        Outbox outbox = new Outbox(state, Clock.systemUTC());
        outbox.keep("a", new Notice(Map.of()));
        OutboxWatch watch = new OutboxWatch(outbox, List.of("a", "b"), tried::add, Duration.ofMinutes(5), clock());
        List<Long> minutes = new ArrayList<>();
        for (long minute = 0; minute <= 300; minute += 5) {
            int before = tried.size();
            watch.run();
            if (tried.size() > before) {
                minutes.add(minute);
            }
            now = now.plus(Duration.ofMinutes(5));
        }
        assertThat(minutes).containsExactly(0L, 5L, 15L, 35L, 75L, 135L, 195L, 255L);
        assertThat(tried).containsOnly("a");

        outbox.send("a", notice -> {});
        watch.run();
        outbox.keep("a", new Notice(Map.of()));
        tried.clear();
        watch.run();
        assertThat(tried).containsExactly("a");
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
