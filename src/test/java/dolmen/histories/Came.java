package dolmen.histories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each event came, and in how many histories one came at any time after another. */
final class Came {
    private static final int RAREST = 12;

    private final Map<String, Integer> events = new HashMap<>();
    private final Map<Pair, Integer> pairs = new HashMap<>();
    private int histories;
    private int all;

    private record Pair(String first, String later) {
        @Override
        public String toString() {
            return first + ", later " + later;
        }
    }

    /** The events of a history in their order. */
    void take(List<String> history) {
        histories++;
        Set<String> before = new HashSet<>();
        Set<Pair> found = new HashSet<>();
        for (String event : history) {
            all++;
            events.merge(event, 1, Integer::sum);
            before.forEach(first -> found.add(new Pair(first, event)));
            before.add(event);
        }
        found.forEach(pair -> pairs.merge(pair, 1, Integer::sum));
    }

    /** How many events came. */
    int all() {
        return all;
    }

    boolean ever(String event) {
        return events.containsKey(event);
    }

    /** Every event and pair of these names, the rarest first; what never came stands there with 0. */
    List<String> lines(List<String> names) {
        List<String> lines = new ArrayList<>();
        lines.addAll(part(
                names.stream()
                        .map(name -> new Line("event " + name, events.getOrDefault(name, 0), all))
                        .toList(),
                "events, as shares of all " + all + " events"));
        lines.addAll(part(
                names.stream()
                        .flatMap(first -> names.stream().map(later -> new Pair(first, later)))
                        .map(pair -> new Line("pair " + pair, pairs.getOrDefault(pair, 0), histories))
                        .toList(),
                "ordered pairs, as shares of the " + histories
                        + " histories, in which the second came at any time after the first"));
        return lines;
    }

    private static List<String> part(List<Line> lines, String what) {
        List<Line> sorted =
                lines.stream().sorted(Comparator.comparing(Line::percent)).toList();
        long rare = sorted.stream().filter(line -> line.percent() < 1).count();
        List<String> words = new ArrayList<>();
        words.add(rare + " of " + lines.size() + " " + what + ", are under 1 %; the rarest are:");
        sorted.subList(0, Math.min(RAREST, sorted.size())).forEach(line -> words.add("  " + line));
        words.add("all of them:");
        sorted.forEach(line -> words.add(line.toString()));
        return words;
    }

    private record Line(String what, int times, int of) {
        double percent() {
            return 100.0 * times / Math.max(1, of);
        }

        @Override
        public String toString() {
            return what + ": " + times + ", " + "%.1f".formatted(percent()) + " %";
        }
    }
}
