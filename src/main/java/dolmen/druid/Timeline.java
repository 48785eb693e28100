package dolmen.druid;

import dolmen.model.Shard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Used segments of one datasource, and which of them Druid calls overshadowed: those whose whole interval newer versions
 * cover, each by all its core partitions, be it one interval or several that follow each other; and those that a minor
 * version of their own interval and version replaces. The coordinator does not load them, and marks them as unused after a
 * while. Holds 28 bytes per segment, and the versions. Not for use by several threads.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/architecture.html#segment-lifecycle">Druid: availability and
 *     atomic replacement of segments</a>
 */
final class Timeline {
    private final Map<String, Integer> versions = new HashMap<>();
    /** Those that are more than a number among others. */
    private final Map<Integer, Shard> special = new HashMap<>();

    private long[] begins = new long[8];
    private long[] ends = new long[8];
    private int[] version = new int[8];
    private int[] number = new int[8];
    private int[] core = new int[8];
    private int size;

    int size() {
        return size;
    }

    /**
     * Takes in a segment; its place is the number of those that were there before. One whose interval cannot be read
     * hides nothing and is hidden by nothing.
     */
    void add(String interval, String versionName, Shard shard) {
        Optional<Span> span = Span.read(interval);
        makeRoom();
        begins[size] = span.map(Span::beginMillis).orElse(Long.MIN_VALUE);
        ends[size] = span.map(Span::endMillis).orElse(Long.MAX_VALUE);
        version[size] = versions.computeIfAbsent(versionName, name -> versions.size());
        number[size] = shard.number();
        core[size] = span.isPresent() ? shard.core() : Shard.UNCOUNTED;
        if (span.isPresent()
                && (shard.range().isPresent() || shard.replacement().isPresent())) {
            special.put(size, shard);
        }
        size++;
    }

    /** This timeline with more segments, whose places come behind. */
    Timeline with(Timeline more) {
        Timeline both = new Timeline();
        both.addAll(this);
        both.addAll(more);
        return both;
    }

    private void addAll(Timeline other) {
        String[] names = new String[other.versions.size()];
        other.versions.forEach((name, index) -> names[index] = name);
        for (int place = 0; place < other.size; place++) {
            makeRoom();
            begins[size] = other.begins[place];
            ends[size] = other.ends[place];
            version[size] = versions.computeIfAbsent(names[other.version[place]], name -> versions.size());
            number[size] = other.number[place];
            core[size] = other.core[place];
            if (other.special.containsKey(place)) {
                special.put(size, other.special.get(place));
            }
            size++;
        }
    }

    private void makeRoom() {
        if (size == begins.length) {
            int room = size + size / 2;
            begins = Arrays.copyOf(begins, room);
            ends = Arrays.copyOf(ends, room);
            version = Arrays.copyOf(version, room);
            number = Arrays.copyOf(number, room);
            core = Arrays.copyOf(core, room);
        }
    }

    /** The places of those whose interval fits. */
    BitSet where(Predicate<Span> interval) {
        BitSet places = new BitSet(size);
        for (int place = 0; place < size; place++) {
            if (interval.test(span(place))) {
                places.set(place);
            }
        }
        return places;
    }

    /** How many of those that are not overshadowed each interval has. */
    Map<Span, Integer> visible() {
        BitSet hidden = overshadowed();
        Map<Span, Integer> visible = new HashMap<>();
        for (int place = hidden.nextClearBit(0); place < size; place = hidden.nextClearBit(place + 1)) {
            visible.merge(span(place), 1, Integer::sum);
        }
        return visible;
    }

    private Span span(int place) {
        return new Span(Instant.ofEpochMilli(begins[place]), Instant.ofEpochMilli(ends[place]));
    }

    /** The places of the overshadowed ones. */
    BitSet overshadowed() {
        BitSet hidden = new BitSet(size);
        forEachChunk((places, chunk, covered) -> places.forEach(place -> {
            if (covered || chunk.hides(shard(place))) {
                hidden.set(place);
            }
        }));
        return hidden;
    }

    /**
     * The partition sets that are not complete and that no newer ones cover: Druid serves none of their segments. Those of
     * which nothing tells when they would be complete are left out.
     */
    List<IncompleteSet> incomplete(String datasource) {
        String[] names = new String[versions.size()];
        versions.forEach((name, index) -> names[index] = name);
        List<IncompleteSet> sets = new ArrayList<>();
        forEachChunk((places, chunk, covered) -> {
            int first = places.get(0);
            if (!covered && !chunk.isComplete() && chunk.isCounted()) {
                sets.add(new IncompleteSet(
                        datasource, span(first), names[version[first]], places.size(), chunk.lacking()));
            }
        });
        return sets;
    }

    /** Visits the segments of each interval and version, newer versions first. */
    private void forEachChunk(ChunkVisitor visitor) {
        Integer[] order = order(newestFirst());
        Covered newer = new Covered();
        List<Integer> complete = new ArrayList<>();
        for (int from = 0; from < size; ) {
            int to = from;
            while (to < size && sameChunk(order[from], order[to])) {
                to++;
            }
            boolean versionBegins = from == 0 || version[order[from - 1]] != version[order[from]];
            if (versionBegins) {
                complete.forEach(place -> newer.add(begins[place], ends[place]));
                complete.clear();
            }
            List<Integer> places = Arrays.asList(order).subList(from, to);
            TimeChunk chunk = new TimeChunk(places.stream().map(this::shard).toList());
            visitor.visit(places, chunk, newer.holds(begins[order[from]], ends[order[from]]));
            if (chunk.isComplete()) {
                complete.add(order[from]);
            }
            from = to;
        }
    }

    @FunctionalInterface
    private interface ChunkVisitor {
        /** {@code covered} says whether newer versions cover the whole interval. */
        void visit(List<Integer> places, TimeChunk chunk, boolean covered);
    }

    /** For each version how many newer ones there are; Druid compares them as texts. */
    private int[] newestFirst() {
        List<String> names = new ArrayList<>(versions.keySet());
        names.sort(Comparator.reverseOrder());
        int[] rank = new int[names.size()];
        for (int i = 0; i < rank.length; i++) {
            rank[versions.get(names.get(i))] = i;
        }
        return rank;
    }

    private Integer[] order(int[] rank) {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, place -> place);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingInt(place -> rank[version[place]])
                        .thenComparingLong(place -> begins[place])
                        .thenComparingLong(place -> ends[place]));
        return order;
    }

    private boolean sameChunk(int one, int other) {
        return version[one] == version[other] && begins[one] == begins[other] && ends[one] == ends[other];
    }

    private Shard shard(int place) {
        Shard known = special.get(place);
        return known != null ? known : Shard.counted(number[place], core[place]);
    }
}
