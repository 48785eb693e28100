package dolmen.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Manifests;
import dolmen.model.Backup;
import dolmen.model.Manifest;
import dolmen.model.Notice;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshnessWatchTest {
    @TempDir
    Path state;

    private final List<Notice> told = new ArrayList<>();

    @Test
    void a_stale_backup_is_told_once_until_there_is_a_fresh_one() {
        look("20261121-020000", "2026-11-22T14:00:00Z");
        assertThat(told).isEmpty();
        look("20261121-020000", "2026-11-22T14:00:01Z");
        look("20261121-020000", "2026-11-29T14:00:00Z");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).value("summary"))
                .isEqualTo("no verified backup of the last 36 hours; the newest is"
                        + " 20261121-020000, 1 days and 12 hours old");
        assertThat(told.get(0).value("label")).isEqualTo("20261121-020000");

        look("20261130-020000", "2026-11-30T03:00:00Z");
        look("20261130-020000", "2026-12-05T03:00:00Z");
        assertThat(told).hasSize(2);
    }

    @Test
    void where_there_was_never_a_backup_the_time_counts_from_the_first_look() {
        look("", "2026-11-22T00:00:00Z");
        look("", "2026-11-23T12:00:00Z");
        assertThat(told).isEmpty();
        look("", "2026-11-23T12:00:01Z");
        look("", "2026-11-24T12:00:01Z");
        assertThat(told)
                .extracting(notice -> notice.value("summary"))
                .singleElement()
                .asString()
                .endsWith("is none");
    }

    @Test
    void a_backup_that_was_seen_and_is_not_there_any_more_makes_nothing_fresh() {
        look("20261121-020000", "2026-11-21T03:00:00Z");
        look("", "2026-11-22T14:00:01Z");
        assertThat(told).hasSize(1);
    }

    /** Each look is one of a process that was started anew. */
    private void look(String newest, String now) {
        Optional<Backup> backup = Optional.of(newest)
                .filter(label -> !label.isEmpty())
                .map(label -> new Backup(Path.of("x"), Manifests.of(label, Manifest.VERIFIED)));
        new FreshnessWatch(
                        Duration.ofHours(36),
                        () -> backup,
                        new NoticeRecords(state),
                        new NoticeWriter("db1", () -> backup),
                        told::add,
                        Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
                .run();
    }
}
