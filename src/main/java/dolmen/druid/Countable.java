package dolmen.druid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The intervals of a datasource in which a query must count just the rows of the expected segments: all of these are
 * loaded there, the broker knows their rows, and nothing else is there; and why that does not hold for others.
 */
final class Countable {
    /** The most intervals of one query, so that no broker is burdened. */
    private static final int MOST_INTERVALS = 1000;

    private final ExpectedDatasource expected;
    private final Map<Span, Chunk> chunks = new HashMap<>();
    private final SortedMap<String, Long> reasons = new TreeMap<>();

    Countable(ExpectedDatasource expected) {
        this.expected = expected;
    }

    /** Takes in a segment that the broker knows and that nothing hides. */
    void add(BrokerSegment segment) {
        Optional<Span> span = Span.read(segment.interval());
        if (span.isEmpty()) {
            refuse("of times that cannot be read");
            return;
        }
        Chunk chunk = chunks.computeIfAbsent(span.get(), key -> new Chunk());
        chunk.segments++;
        chunk.rows += segment.rows();
        chunk.reason = chunk.reason.or(() -> reason(segment));
    }

    private Optional<String> reason(BrokerSegment segment) {
        if (segment.realtime() || !segment.published()) {
            return Optional.of("with segments of tasks, or that are dropped just now");
        }
        if (expected.ids().position(segment.id()) < 0) {
            return Optional.of("with segments that the backup does not have");
        }
        if (!segment.available()) {
            return Optional.of("with segments that no server has loaded");
        }
        return segment.rows() == 0 ? Optional.of("of whose rows the broker does not know yet") : Optional.empty();
    }

    private void refuse(String reason) {
        reasons.merge(reason, 1L, Long::sum);
    }

    /** What is to be asked of those intervals that are wanted. */
    Question question(Predicate<Span> wanted) {
        Map<Span, Integer> visible = expected.visible();
        visible.keySet().forEach(span -> chunks.computeIfAbsent(span, key -> new Chunk()));
        List<Span> spans = chunks.keySet().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Span::begin).thenComparing(Span::end))
                .toList();
        List<Span> asked = new ArrayList<>();
        long rows = 0;
        Instant reached = Instant.MIN;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            Chunk chunk = chunks.get(span);
            boolean overlaps = span.begin().isBefore(reached)
                    || i + 1 < spans.size() && spans.get(i + 1).begin().isBefore(span.end());
            reached = span.end().isAfter(reached) ? span.end() : reached;
            if (chunk.reason.isPresent()) {
                refuse(chunk.reason.get());
            } else if (overlaps) {
                refuse("that newer versions replace in part");
            } else if (chunk.segments != visible.getOrDefault(span, 0)) {
                refuse("of which segments are not used any more");
            } else if (take(asked, span)) {
                rows += chunk.rows;
            } else {
                refuse("beyond the first " + MOST_INTERVALS);
            }
        }
        List<String> notAsked = new ArrayList<>();
        reasons.forEach((reason, count) -> notAsked.add(count + " intervals " + reason));
        return new Question(asked.stream().map(Span::words).toList(), rows, notAsked);
    }

    /** Adds an interval, to the one before where it follows it; false when there are too many. */
    private static boolean take(List<Span> asked, Span span) {
        int last = asked.size() - 1;
        if (last >= 0 && asked.get(last).end().equals(span.begin())) {
            asked.set(last, new Span(asked.get(last).begin(), span.end()));
            return true;
        }
        return asked.size() < MOST_INTERVALS && asked.add(span);
    }

    /** Intervals in their order, the rows that the segments have in them, and why others are not asked. */
    record Question(List<String> intervals, long rows, List<String> notAsked) {}

    private static final class Chunk {
        private int segments;
        private long rows;
        private Optional<String> reason = Optional.empty();
    }
}
