package dolmen.settings;

import dolmen.model.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** When backups of each kind begin by themselves; at a time that both have, the full one is taken. */
public record Timetable(Map<Kind, Schedule> schedules) {
    public Timetable {
        schedules = Map.copyOf(schedules);
    }

    /** One schedule for each kind; a kind without one never begins by itself. */
    public static Timetable of(Optional<Schedule> full, Optional<Schedule> incremental) {
        Map<Kind, Schedule> schedules = new EnumMap<>(Kind.class);
        full.ifPresent(schedule -> schedules.put(Kind.FULL, schedule));
        incremental.ifPresent(schedule -> schedules.put(Kind.INCREMENTAL, schedule));
        return new Timetable(schedules);
    }

    /** A time at which a backup of this kind begins, in the time zone of its schedule. */
    public record Due(Instant time, Kind kind, ZoneId zone) {}

    /** The first time after this one; empty when there is none. */
    public Optional<Due> next(Instant after) {
        return schedules.entrySet().stream()
                .flatMap(
                        each -> each
                                .getValue()
                                .next(after)
                                .map(time -> new Due(
                                        time, each.getKey(), each.getValue().zone()))
                                .stream())
                .min(Comparator.comparing(Due::time).thenComparing(Due::kind));
    }

    /** What was due after {@code since} and is due until {@code now}: the full backup where one was, since it holds all that others would. */
    public Optional<Due> missed(Instant since, Instant now) {
        Optional<Due> full = Optional.ofNullable(schedules.get(Kind.FULL))
                .flatMap(schedule -> new Timetable(Map.of(Kind.FULL, schedule)).next(since));
        return full.filter(due -> !due.time().isAfter(now))
                .or(() -> next(since).filter(due -> !due.time().isAfter(now)));
    }

    public boolean isEmpty() {
        return schedules.isEmpty();
    }
}
