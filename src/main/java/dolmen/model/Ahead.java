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
 * Which backups are of the future, seen from now: a clock was wrong when they were made, or is wrong now. They are never
 * the newest ones, never fresh, and never a reason to remove others.
 */
public record Ahead(Instant now) {
    /** Clocks may differ by so much. */
    private static final Duration MOST = Duration.ofMinutes(10);

    public static Ahead of(Clock clock) {
        return new Ahead(clock.instant());
    }

    public boolean is(Instant time) {
        return time.isAfter(now.plus(MOST));
    }

    public boolean is(Label label) {
        return is(label.start());
    }

    /** By its label or by its end. */
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
