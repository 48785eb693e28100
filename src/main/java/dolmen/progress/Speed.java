package dolmen.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The bytes a second over the last 10 seconds, and how long the rest takes at this rate. */
final class Speed {
    static final Duration WINDOW = Duration.ofSeconds(10);

    /** No remaining time is given before this much time was measured. */
    static final Duration WARM_UP = Duration.ofSeconds(3);

    private final Deque<Point> points = new ArrayDeque<>();

    private record Point(long nanos, long done) {}

    /** Notes that so many bytes are done at this time. The measurement begins when the first bytes move. */
    void at(long nanos, long done) {
        if (points.size() == 1 && points.getFirst().done == done) {
            points.clear();
        }
        while (points.size() > 1 && nanos - points.getFirst().nanos > WINDOW.toNanos()) {
            points.removeFirst();
        }
        points.add(new Point(nanos, done));
    }

    /** Zero while less than two points are known, and while bytes are done again. */
    long perSecond() {
        if (points.size() < 2) {
            return 0;
        }
        double seconds = nanos() / 1e9;
        long bytes = points.getLast().done - points.getFirst().done;
        return seconds <= 0 ? 0 : Math.max(0, Math.round(bytes / seconds));
    }

    /** Empty while nothing moves, and in the first seconds. */
    Optional<Duration> left(long bytes) {
        long rate = perSecond();
        return rate == 0 || nanos() < WARM_UP.toNanos()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.max(0, (bytes + rate - 1) / rate)));
    }

    private long nanos() {
        return points.getLast().nanos - points.getFirst().nanos;
    }
}
