package dolmen.catalog;

import dolmen.settings.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How old the last good backup is, and whether a scheduled one was missed since. */
public final class Freshness {
    private Freshness() {}

    /** The label and the age, for a person. */
    public static String words(Optional<Backup> lastGood, Instant now) {
        return lastGood.map(backup -> backup.manifest().label() + ", " + age(backup, now) + " old")
                .orElse("none");
    }

    /** What was missed, when the schedule had a time between the last good backup and now. */
    public static Optional<String> missed(Optional<Backup> lastGood, Schedule schedule, Instant now) {
        if (lastGood.isEmpty()) {
            return Optional.of("there is no good backup yet");
        }
        return schedule.next(lastGood.get().manifest().label().start())
                .filter(time -> time.isBefore(now))
                .map(time -> "the last good backup is " + words(lastGood, now) + ": none was made at "
                        + time.atZone(schedule.zone()).toOffsetDateTime());
    }

    private static String age(Backup backup, Instant now) {
        Duration age = Duration.between(backup.manifest().label().start(), now);
        return age.toDays() > 0
                ? age.toDays() + " days and " + age.toHoursPart() + " hours"
                : age.toHours() + " hours and " + age.toMinutesPart() + " minutes";
    }
}
