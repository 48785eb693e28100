package dolmen.runs;

import dolmen.SetClock;
import dolmen.model.Kind;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import dolmen.settings.Timetable.Due;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A full backup each night at 02:30 in Berlin, a second before one is due. */
abstract class NightlyTimes {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    final SetClock clock = new SetClock("2026-06-10T00:29:59Z");
    DueTimes times = nightly();

    DueTimes nightly() {
        return new DueTimes(Timetable.of(Optional.of(new Schedule("0 30 2 * * ?", BERLIN)), Optional.empty()), clock);
    }

    /** What the watchdog is given at so many looks. */
    List<Kind> looks(int count) {
        return Stream.generate(times::takeOverdue)
                .limit(count)
                .flatMap(Optional::stream)
                .map(Due::kind)
                .toList();
    }
}
