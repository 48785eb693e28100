package dolmen.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Adds up what the players tell: how often each event, pair and rare situation came, and what failed. */
final class Tally {
    /** What must come in a long run, since a machine that never saw it proves nothing about it. */
    private static final List<String> RARE = List.of(
            "same id and path again",
            "same id and path under an incremental",
            "base in the bucket alone",
            "undo over undo",
            "killed in a swap",
            "killed while it recovered",
            "killed: backup",
            "killed: restore",
            "killed: undo",
            "killed: prune",
            "killed: upload",
            "changed inside a backup",
            "cut while it was read",
            "clock back",
            "two stacks in one catalog");

    private final Came came = new Came();
    private final SortedMap<String, Integer> seen = new TreeMap<>();
    private final SortedMap<String, List<String>> failures = new TreeMap<>();
    private final SortedMap<String, String> shortest = new TreeMap<>();
    private final List<String> other = new ArrayList<>();
    private long played;
    private long milliseconds;

    synchronized void take(String line) {
        String[] part = line.split("\t", -1);
        switch (part[0]) {
            case "came" -> came.take(part[1].isEmpty() ? List.of() : List.of(part[1].split(" ")));
            case "seen" -> seen.merge(part[1], Integer.valueOf(part[2]), Integer::sum);
            case "played" -> played(part);
            case "shrunk" -> shrunk(part);
            default -> other.add(line);
        }
    }

    private void played(String[] part) {
        played++;
        milliseconds += Long.parseLong(part[2]);
        if (!part[4].isEmpty()) {
            failures.computeIfAbsent(part[4], none -> new ArrayList<>()).add(part[1]);
        }
    }

    /** Of several lots the shortest one is shown. */
    private void shrunk(String[] part) {
        String words = "  -Ddolmen.history.seed=" + part[2] + " -Ddolmen.history.keep=" + part[3] + "\n  " + part[4]
                + "\n  " + part[5];
        shortest.merge(part[1], words, (one, two) -> two.length() < one.length() ? two : one);
    }

    long played() {
        return played;
    }

    /** The seeds that failed, by kind of fault. */
    Map<String, List<String>> failures() {
        return failures;
    }

    /** Events and rare situations that must come and did not. */
    List<String> neverSeen() {
        return Stream.concat(
                        names().stream().filter(name -> !came.ever(name)),
                        RARE.stream().filter(name -> !seen.containsKey(name)))
                .toList();
    }

    private static List<String> names() {
        return Events.ALL.stream().map(Event::name).toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(other);
        lines.add(played + " histories, " + came.all() + " events, " + milliseconds / Math.max(1, played) + " ms each");
        lines.addAll(came.lines(names()));
        seen.forEach((name, times) -> lines.add("seen " + name + ": " + times));
        RARE.stream().filter(name -> !seen.containsKey(name)).forEach(name -> lines.add("never seen: " + name));
        failures.forEach((kind, seeds) -> lines.add(kind + ": " + seeds.size() + " histories, seeds "
                + String.join(" ", seeds.subList(0, Math.min(20, seeds.size()))) + "\n"
                + shortest.getOrDefault(kind, "  not shrunk")));
        return lines;
    }
}
