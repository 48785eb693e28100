package dolmen.druid;

import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.UsedSegments;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a stack must serve: the used segments of a metadata dump by id, and what Druid's API said when the backup was
 * made (rows, extensions, overshadowed segments), where that is known. Holds eight bytes per segment. Not for use by
 * several threads.
 */
public final class Expectation {
    private final UsedSegments segments;
    private final Optional<DruidState> then;
    private final boolean newerAllowed;
    private final boolean alone;
    private final SortedMap<String, Fingerprints> ids = new TreeMap<>();

    /**
     * Reads the dump once.
     *
     * @param then what the API said at the time of the backup, from the manifest
     * @param newerAllowed whether segments that the dump does not know may be there too, since data came in meanwhile
     */
    public Expectation(UsedSegments segments, Optional<DruidState> then, boolean newerAllowed) {
        this(segments, then, newerAllowed, false);
    }

    /** Of single datasources: what Druid shows beside them is not looked at. */
    public static Expectation ofSome(UsedSegments segments, Optional<DruidState> then) {
        return new Expectation(segments, then, true, true);
    }

    private Expectation(UsedSegments segments, Optional<DruidState> then, boolean newerAllowed, boolean alone) {
        this.alone = alone;
        this.segments = segments;
        this.then = then;
        this.newerAllowed = newerAllowed;
        segments.forEach(segment -> ids.computeIfAbsent(segment.datasource(), name -> new Fingerprints())
                .add(segment.id()));
    }

    /** The datasources that must be shown. */
    public SortedSet<String> datasources() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(ids.keySet()));
    }

    /** The used segments of one datasource. */
    public long segments(String datasource) {
        return ids.containsKey(datasource) ? ids.get(datasource).size() : 0;
    }

    /** The used segments of all datasources. */
    public long segments() {
        return ids.values().stream().mapToLong(Fingerprints::size).sum();
    }

    /** Whether it says something of this datasource, present or not. */
    boolean concerns(String datasource) {
        return !alone || ids.containsKey(datasource);
    }

    boolean newerAllowed() {
        return newerAllowed;
    }

    Optional<DruidState> then() {
        return then;
    }

    UsedSegments dump() {
        return segments;
    }

    /** The ids of a datasource; an empty set when the dump does not know it. */
    Fingerprints ids(String datasource) {
        return ids.getOrDefault(datasource, new Fingerprints());
    }

    /**
     * How many segments may be gone by now, since newer ones hid them already at the time of the backup: Druid marks
     * such segments as unused after a while. None when the API knew other segments then than the dump does.
     */
    long mayBeGone(String datasource) {
        return state(datasource)
                .filter(state -> state.segments() == segments(datasource))
                .map(DatasourceState::overshadowed)
                .orElse(0L);
    }

    Optional<Long> rows(String datasource) {
        return state(datasource).flatMap(DatasourceState::rows);
    }

    private Optional<DatasourceState> state(String datasource) {
        return then.map(state -> state.datasources().get(datasource));
    }
}
