package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Catalog;
import dolmen.catalog.Manifests;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.settings.IntakeSettings;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCheckTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();

    @Test
    @Tag("SC-05")
    void a_missed_backup_is_made_up_where_that_is_wanted_and_only_then() {
        publish("20261121-020000", Manifest.VERIFIED);
        publish("20261124-020000", "doubtful");

        check(false);
        assertThat(made).hasValue(0);
        check(true);
        assertThat(made).hasValue(1);

        publish("20261124-030000", Manifest.VERIFIED);
        check(true);
        assertThat(made).hasValue(1);
    }

    private void check(boolean catchUp) {
        IntakeSettings intake = new IntakeSettings(
                Timetable.of(Optional.of(new Schedule("0 0 2 * * ?", ZoneId.of("UTC"))), Optional.empty()),
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                catchUp);
        new ScheduleCheck(
                        intake,
                        () -> new Catalog(folder).good().findFirst(),
                        kind -> made.incrementAndGet(),
                        Clock.fixed(NOON, ZoneOffset.UTC))
                .run();
    }

    private void publish(String label, String verdict) {
        Catalog catalog = new Catalog(folder);
        Path staging = catalog.stage(new Label(label).start());
        catalog.write(staging, Manifests.of(label, verdict));
        catalog.publish(staging);
    }
}
