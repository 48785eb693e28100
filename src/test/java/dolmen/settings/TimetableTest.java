package dolmen.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Kind;
import dolmen.settings.Timetable.Due;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Timetable WEEKLY_AND_NIGHTLY = Timetable.of(
            Optional.of(new Schedule("0 0 2 ? * SUN", UTC)), Optional.of(new Schedule("0 0 2 * * ?", UTC)));
    private static final Instant SATURDAY = Instant.parse("2026-11-21T02:00:00Z");
    private static final Instant SUNDAY = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");

    @Test
    void at_a_time_of_both_kinds_the_full_one_is_due() {
        assertThat(WEEKLY_AND_NIGHTLY.next(SATURDAY)).contains(new Due(SUNDAY, Kind.FULL, UTC));
        assertThat(WEEKLY_AND_NIGHTLY.next(SUNDAY)).contains(new Due(MONDAY, Kind.INCREMENTAL, UTC));
    }

    @Test
    void when_both_were_missed_the_full_one_is_made_up() {
        assertThat(WEEKLY_AND_NIGHTLY.missed(SATURDAY, MONDAY).map(Due::kind)).contains(Kind.FULL);
        assertThat(WEEKLY_AND_NIGHTLY.missed(SUNDAY, MONDAY).map(Due::kind)).contains(Kind.INCREMENTAL);
        assertThat(WEEKLY_AND_NIGHTLY.missed(SUNDAY, MONDAY.minusSeconds(1))).isEmpty();
    }

    @Test
    void without_a_schedule_nothing_is_ever_due() {
        Timetable off = Timetable.of(Optional.empty(), Optional.empty());
        assertThat(off.isEmpty()).isTrue();
        assertThat(off.next(SUNDAY)).isEmpty();
        assertThat(off.missed(SUNDAY, MONDAY)).isEmpty();
    }
}
