package dolmen.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells which times lie in the future, seen from now. A backup of the future was made by a wrong clock, or this machine's is wrong now:
 * such a backup is never taken for the newest or for a fresh one, and is never a reason to remove others.
 */
public record Ahead(Instant now) {
    /** By this much the clocks of two machines may differ. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    /** Seen from what this clock says now. */
    public static Ahead of(Clock clock) {
        return new Ahead(clock.instant());
    }

    /** Whether this time is more than 10 minutes ahead. */
    public boolean is(Instant time) {
        return time.isAfter(now.plus(TOLERANCE));
    }

    /** Whether the start in this label is more than 10 minutes ahead. */
    public boolean is(Label label) {
        return is(label.start());
    }

    /** Whether the start or the end of this backup is more than 10 minutes ahead. */
    public boolean is(Manifest manifest) {
        return is(manifest.label()) || is(manifest.end());
    }

    /** Those of them that are not of the future, in their order. */
    public List<Label> without(Collection<Label> labels) {
        return labels.stream().filter(label -> !is(label)).toList();
    }

    /** A sentence about those of them that are of the future, if any are. */
    public Optional<String> words(Collection<Label> labels) {
        List<Label> future = labels.stream().filter(this::is).toList();
        return Optional.of(future)
                .filter(some -> !some.isEmpty())
                .map(some -> some.size() + " of " + labels.size() + " backups are ahead of the clock, which says "
                        + now.truncatedTo(ChronoUnit.SECONDS) + ", and do not count: "
                        + some.stream().map(Label::text).collect(Collectors.joining(", ")));
    }
}
