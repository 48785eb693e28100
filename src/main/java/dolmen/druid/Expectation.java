package dolmen.druid;

import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.UsedSegments;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a stack must serve: the used segments of a metadata dump by id, which of them are overshadowed, and what Druid's
 * API said when the backup was made (rows, extensions), where that is known. Holds about sixty bytes per segment. Not for
 * use by several threads.
 */
public final class Expectation {
    private final UsedSegments segments;
    private final Optional<DruidState> then;
    private final boolean newerAllowed;
    private final boolean alone;
    private final Set<String> missing;
    private final SortedMap<String, ExpectedDatasource> datasources = new TreeMap<>();

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

    /** This expectation without these, which the stack uses and which have no files, so that no server can serve them. */
    public Expectation without(Set<String> missing) {
        return missing.isEmpty()
                ? this
                : new Expectation(segments.without(missing), then, newerAllowed, alone, missing);
    }

    private Expectation(UsedSegments segments, Optional<DruidState> then, boolean newerAllowed, boolean alone) {
        this(segments, then, newerAllowed, alone, Set.of());
    }

    private Expectation(
            UsedSegments segments,
            Optional<DruidState> then,
            boolean newerAllowed,
            boolean alone,
            Set<String> missing) {
        this.alone = alone;
        this.missing = Set.copyOf(missing);
        this.segments = segments;
        this.then = then;
        this.newerAllowed = newerAllowed;
        segments.forEach(segment -> datasources
                .computeIfAbsent(segment.datasource(), name -> new ExpectedDatasource())
                .add(segment));
    }

    /** The datasources that must be shown. */
    public SortedSet<String> datasources() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(datasources.keySet()));
    }

    /** The used segments of one datasource. */
    public long segments(String datasource) {
        return datasource(datasource).size();
    }

    /** The used segments of all datasources. */
    public long segments() {
        return datasources.values().stream().mapToLong(ExpectedDatasource::size).sum();
    }

    /** Whether it says something of this datasource, present or not. */
    boolean concerns(String datasource) {
        return !alone || datasources.containsKey(datasource);
    }

    /** Whether it is known that this used segment has no files. */
    boolean isMissing(String id) {
        return missing.contains(id);
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

    /** Whether newer segments of the same dump overshadow this one, so that Druid marks it as unused after a while. */
    public boolean hides(String datasource, String id) {
        ExpectedDatasource expected = datasource(datasource);
        int position = expected.ids().position(id);
        return position >= 0 && expected.hidden().get(position);
    }

    /** The partition sets of the dump that are not complete, so that Druid does not serve them; a line each. */
    List<String> incomplete() {
        PartitionSets sets = new PartitionSets();
        datasources.forEach((name, datasource) -> sets.add(name, datasource.timeline()));
        return sets.lines();
    }

    /** What is expected of a datasource; nothing when the dump does not know it. */
    ExpectedDatasource datasource(String name) {
        return datasources.getOrDefault(name, new ExpectedDatasource());
    }

    Optional<Long> rows(String datasource) {
        return state(datasource).flatMap(DatasourceState::rows);
    }

    private Optional<DatasourceState> state(String datasource) {
        return then.map(state -> state.datasources().get(datasource));
    }
}
