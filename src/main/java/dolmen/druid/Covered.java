package dolmen.druid;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Times, in milliseconds, that are covered by any of several intervals. */
final class Covered {
    /** The begin and the end of each stretch; no two of them touch. */
    private final TreeMap<Long, Long> stretches = new TreeMap<>();

    /** Those of intervals as texts; one that cannot be read covers nothing. */
    static Covered of(Iterable<String> intervals) {
        Covered covered = new Covered();
        intervals.forEach(
                interval -> Span.read(interval).ifPresent(span -> covered.add(span.beginMillis(), span.endMillis())));
        return covered;
    }

    /** Each stretch as Druid writes an interval, in their order. */
    List<String> words() {
        return stretches.entrySet().stream()
                .map(stretch -> new Span(
                                Instant.ofEpochMilli(stretch.getKey()), Instant.ofEpochMilli(stretch.getValue()))
                        .words())
                .toList();
    }

    /** Whether all of this interval is covered. */
    boolean holds(Span span) {
        return holds(span.beginMillis(), span.endMillis());
    }

    void add(long begin, long end) {
        long first = begin;
        long last = end;
        Map.Entry<Long, Long> before = stretches.floorEntry(begin);
        if (before != null && before.getValue() >= begin) {
            first = before.getKey();
            last = Math.max(last, before.getValue());
        }
        Map<Long, Long> touched = stretches.subMap(first, true, last, true);
        for (long reached : touched.values()) {
            last = Math.max(last, reached);
        }
        touched.clear();
        stretches.put(first, last);
    }

    /** Whether all of this interval is covered. */
    boolean holds(long begin, long end) {
        Map.Entry<Long, Long> stretch = stretches.floorEntry(begin);
        return stretch != null && stretch.getValue() >= end;
    }
}
