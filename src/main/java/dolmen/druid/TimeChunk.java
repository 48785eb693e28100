package dolmen.druid;

import dolmen.model.Shard;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The segments of one interval and version. Those that a segment lock let a task replace without a new version (minor
 * versions) become visible when all of their group are there, and then overshadow the lower ones in their range. The whole
 * is complete when the core partitions among the visible ones are; what is not complete hides nothing.
 */
final class TimeChunk {
    private static final Comparator<Shard> ORDER =
            Comparator.comparingInt(Shard::from).thenComparingInt(Shard::to).thenComparingInt(Shard::number);

    private static final int NAMED = 5;

    /** The visible ones that replace others. */
    private final List<Shard> replacing;

    private final List<Shard> shards;
    private final boolean complete;

    TimeChunk(List<Shard> shards) {
        this.shards = shards;
        boolean plain = shards.stream().allMatch(shard -> shard.replacement().isEmpty());
        List<Group> groups = plain ? List.of() : groups(shards);
        List<Group> higher = groups.stream()
                .filter(group -> group.isWhole() && group.any().minor() > 0)
                .toList();
        List<Group> shown = groups.stream()
                .filter(Group::isWhole)
                .filter(group -> higher.stream().noneMatch(other -> other.overshadows(group)))
                .toList();
        List<Shard> visible = (plain ? shards.stream() : shown.stream().flatMap(group -> group.shards().stream()))
                .sorted(ORDER)
                .toList();
        replacing = visible.stream().filter(shard -> shard.minor() > 0).toList();
        complete = groups.stream().allMatch(group -> group.isWhole() || group.isIdle(shown)) && isChain(visible);
    }

    /** In the order of their ranges. */
    private static List<Group> groups(List<Shard> shards) {
        Map<Group.Key, List<Shard>> groups = new TreeMap<>();
        for (Shard shard : shards) {
            groups.computeIfAbsent(new Group.Key(shard), key -> new ArrayList<>())
                    .add(shard);
        }
        return groups.values().stream().map(Group::new).toList();
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether their shard specs tell when they are complete: kinds that are not known do not. */
    boolean isCounted() {
        return shards.stream()
                .allMatch(shard ->
                        shard.core() != Shard.UNCOUNTED || shard.range().isPresent());
    }

    /** What is missing of a set that is not complete, in a few words. */
    String lacking() {
        boolean plain = shards.stream()
                .allMatch(
                        shard -> shard.replacement().isEmpty() && shard.range().isEmpty());
        if (!plain) {
            return "some of its partitions are missing";
        }
        int core = shards.stream().mapToInt(Shard::core).max().orElse(0);
        BitSet there = new BitSet();
        shards.stream().mapToInt(Shard::number).filter(number -> number < core).forEach(there::set);
        String numbers = IntStream.iterate(there.nextClearBit(0), number -> there.nextClearBit(number + 1))
                .takeWhile(number -> number < core)
                .limit(NAMED)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        int missing = core - there.cardinality();
        return missing + " of " + core + " core partitions missing (" + numbers + (missing > NAMED ? ", ..." : "")
                + ")";
    }

    /** Whether visible segments of this interval and version overshadow this one. */
    boolean hides(Shard shard) {
        return complete
                && replacing.stream()
                        .anyMatch(other -> other.minor() > shard.minor()
                                && other.from() <= shard.from()
                                && other.to() >= shard.to());
    }

    private static boolean isChain(List<Shard> shards) {
        Iterator<Shard> rest = shards.iterator();
        if (!rest.hasNext()) {
            return false;
        }
        Shard last = rest.next();
        boolean joined = begins(last);
        while (joined && !ends(last)) {
            if (!rest.hasNext()) {
                return false;
            }
            Shard next = rest.next();
            joined = follows(last, next);
            last = next;
        }
        return joined;
    }

    private static boolean begins(Shard shard) {
        if (shard.core() == Shard.UNCOUNTED) {
            return shard.range().map(range -> range.from().isEmpty()).orElse(false);
        }
        return shard.core() == 0 || shard.number() == 0;
    }

    private static boolean ends(Shard shard) {
        if (shard.core() == Shard.UNCOUNTED) {
            return shard.range().map(range -> range.to().isEmpty()).orElse(false);
        }
        return shard.core() == 0 || shard.number() == shard.core() - 1;
    }

    private static boolean follows(Shard last, Shard next) {
        if (last.range().isPresent() && next.range().isPresent()) {
            return last.range().get().to().equals(next.range().get().from());
        }
        boolean counted = last.core() != Shard.UNCOUNTED && next.core() != Shard.UNCOUNTED;
        return counted && next.replacement().isEmpty() && next.number() == last.number() + 1;
    }

    /** Segments of one minor version and range of root partitions, visible together or not at all. */
    private record Group(List<Shard> shards) {
        private record Key(int from, int to, int minor) implements Comparable<Key> {
            private static final Comparator<Key> BY_RANGE =
                    Comparator.comparingInt(Key::from).thenComparingInt(Key::to).thenComparingInt(Key::minor);

            Key(Shard shard) {
                this(shard.from(), shard.to(), shard.minor());
            }

            @Override
            public int compareTo(Key other) {
                return BY_RANGE.compare(this, other);
            }
        }

        private Shard any() {
            return shards.get(0);
        }

        boolean isWhole() {
            return shards.size() == any().groupSize();
        }

        boolean overshadows(Group other) {
            return any().minor() > other.any().minor() && spans(other);
        }

        private boolean spans(Group other) {
            return any().from() <= other.any().from()
                    && any().to() >= other.any().to();
        }

        /** Whether this one, of which segments lack, changes nothing: hidden, or what it would replace is there whole. */
        boolean isIdle(List<Group> shown) {
            if (shown.stream().anyMatch(group -> group.overshadows(this))) {
                return true;
            }
            int reached = any().from();
            for (Group group : shown) {
                if (overshadows(group)) {
                    if (group.any().from() != reached) {
                        return false;
                    }
                    reached = group.any().to();
                }
            }
            return reached == any().to();
        }
    }
}
