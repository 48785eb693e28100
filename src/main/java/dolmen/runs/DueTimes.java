package dolmen.runs;

import dolmen.settings.Timetable;
import dolmen.settings.Timetable.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which time of the timetable is due and not yet begun. Quartz asks when it fires, the watchdog all the time, and
 * each due time is given to one of them, once. What comes due while a scheduled run goes on is left out.
 */
public final class DueTimes {
    private static final Logger LOG = LoggerFactory.getLogger(DueTimes.class);

    /** A clock that is set back by no more is waited for, so that no time comes twice. */
    private static final Duration CORRECTION = Duration.ofMinutes(1);

    /** Quartz fires up to two milliseconds before a time. */
    private static final Duration EARLY = Duration.ofMillis(10);

    /** So many looks of the watchdog Quartz is waited for: counted, since the clock may be set between them. */
    private static final int GRACE = 5;

    private final Timetable timetable;
    private final Clock clock;
    private Instant decided;
    private boolean going;
    private int looks;

    public DueTimes(Timetable timetable, Clock clock) {
        this.timetable = timetable;
        this.clock = clock;
        this.decided = clock.instant();
    }

    /** For Quartz, when it fires: what is due and not yet begun. Who is given something begins it, and says when it ended. */
    public synchronized Optional<Due> take() {
        Instant now = clock.instant().plus(EARLY);
        return begun(due(now), now);
    }

    /** For the watchdog, at every look: what Quartz should have begun some looks ago. */
    public synchronized Optional<Due> takeOverdue() {
        Instant now = clock.instant();
        Optional<Due> due = due(now);
        looks = due.isEmpty() ? 0 : looks + 1;
        if (looks <= GRACE) {
            return Optional.empty();
        }
        due.ifPresent(late -> LOG.warn(
                "Quartz did not begin the {} backup that was due at {}: the clock was set, or changed to or"
                        + " from summer time; it begins now",
                late.kind().word(),
                at(late)));
        return begun(due, now);
    }

    /** The run that was given has ended. Returns the first backup that came due meanwhile: it is left out, with all since. */
    public synchronized Optional<Due> ended() {
        Instant now = clock.instant();
        followSetBack(now);
        Optional<Due> leftOut = timetable.missed(decided, now);
        decideUpTo(now);
        going = false;
        return leftOut;
    }

    private static OffsetDateTime at(Due due) {
        return due.time().atZone(due.zone()).toOffsetDateTime();
    }

    private Optional<Due> due(Instant now) {
        if (going) {
            return Optional.empty();
        }
        followSetBack(now);
        Optional<Due> due = timetable.missed(decided, now);
        if (due.isEmpty()) {
            decideUpTo(now);
        }
        return due;
    }

    private Optional<Due> begun(Optional<Due> due, Instant now) {
        if (due.isPresent()) {
            decideUpTo(now);
            looks = 0;
            going = true;
        }
        return due;
    }

    private void followSetBack(Instant now) {
        if (decided.isAfter(now.plus(CORRECTION))) {
            LOG.warn(
                    "the clock was set back by {} s; the schedule goes on from here",
                    decided.getEpochSecond() - now.getEpochSecond());
            decided = now;
        }
    }

    private void decideUpTo(Instant now) {
        decided = now.isAfter(decided) ? now : decided;
    }
}
