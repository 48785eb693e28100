package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Backup;
import dolmen.model.Manifest;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Timetable NIGHTLY =
            Timetable.of(Optional.of(new Schedule("0 0 2 * * ?", ZoneId.of("UTC"))), Optional.empty());
    private static final Optional<Backup> GOOD =
            Optional.of(new Backup(Path.of("x"), Manifests.of("20261121-020000", Manifest.VERIFIED)));

    @Test
    @Tag("SC-05")
    void a_backup_that_was_missed_is_told_with_the_age_of_the_last_good_one() {
        assertThat(Freshness.missed(GOOD, NIGHTLY, Instant.parse("2026-11-24T05:00:00Z"))
                        .map(Freshness.Missed::words))
                .contains("the last good backup is 20261121-020000, 3 days and 3 hours old:"
                        + " none was made at 2026-11-22T02:00Z");
        assertThat(Freshness.missed(Optional.empty(), NIGHTLY, Instant.EPOCH).map(Freshness.Missed::words))
                .contains("there is no good backup yet");
    }

    @Test
    void until_the_next_time_nothing_is_missed() {
        assertThat(Freshness.missed(GOOD, NIGHTLY, Instant.parse("2026-11-22T01:59:59Z")))
                .isEmpty();
        assertThat(Freshness.words(GOOD, Instant.parse("2026-11-21T04:05:00Z")))
                .isEqualTo("20261121-020000, 2 hours and 5 minutes old");
        assertThat(Freshness.words(Optional.empty(), Instant.EPOCH)).isEqualTo("none");
    }
}
