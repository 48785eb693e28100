package dolmen.catalog;

import dolmen.model.Ahead;
import dolmen.model.Backup;
import dolmen.model.Kind;
import dolmen.settings.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How old the last good backup is, whether that is too old, and whether a scheduled one was missed since. */
public final class Freshness {
    private Freshness() {}

    /** Whether what was begun then is fresh now; as old as the limit is still fresh, the future is not. Page, metrics and notices ask here. */
    public static boolean within(Duration limit, Instant begun, Instant now) {
        return Duration.between(begun, now).compareTo(limit) <= 0 && !new Ahead(now).is(begun);
    }

    /** The label and the age, for a person. */
    public static String words(Optional<Backup> lastGood, Instant now) {
        return lastGood.map(backup -> backup.manifest().label() + ", " + age(backup, now) + " old")
                .orElse("none");
    }

    /** A backup that was not made when it should have been: the kind to make now, and a sentence for a person. */
    public record Missed(Kind kind, String words) {}

    /** What was missed, when the timetable had a time between the last good backup and now. */
    public static Optional<Missed> missed(Optional<Backup> lastGood, Timetable timetable, Instant now) {
        if (lastGood.isEmpty()) {
            return Optional.of(new Missed(Kind.FULL, "there is no good backup yet"));
        }
        return timetable
                .missed(lastGood.get().manifest().label().start(), now)
                .map(due -> new Missed(
                        due.kind(),
                        "the last good backup is " + words(lastGood, now) + ": none was made at "
                                + due.time().atZone(due.zone()).toOffsetDateTime()));
    }

    private static String age(Backup backup, Instant now) {
        Duration age = Duration.between(backup.manifest().label().start(), now);
        return age.toDays() > 0
                ? age.toDays() + " days and " + age.toHoursPart() + " hours"
                : age.toHours() + " hours and " + age.toMinutesPart() + " minutes";
    }
}
