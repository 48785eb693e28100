package dolmen.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether the clocks of this machine, the Docker engine, PostgreSQL and Druid agree. */
final class ClockCheck implements Check {
    private static final Duration MOST = Duration.ofSeconds(10);

    private final Source source;

    ClockCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        source.engine().ifPresent(docker -> compare("the Docker engine", docker::time, seen));
        compare(source.metadata().product(), source.metadata()::time, seen);
        source.druid().sql().ifPresent(sql -> compare("Druid", sql::time, seen));
        if (seen.isEmpty()) {
            seen.add(Seen.ok("the clocks of the stack and of this machine agree"));
        }
        return seen;
    }

    /** The other clock was read at some moment between request and answer: only what is outside of that, and ten seconds more, differs. */
    private void compare(String whose, Supplier<Instant> clock, List<Seen> seen) {
        Instant before = source.clock().instant();
        Instant there = clock.get();
        Instant after = source.clock().instant();
        if (there.isBefore(before.minus(MOST)) || there.isAfter(after.plus(MOST))) {
            seen.add(Seen.warning(
                    "the clock of " + whose + " says " + there + ", this machine's " + after,
                    "Labels, schedules and retention go by this machine's clock: keep both by NTP."));
        }
    }
}
