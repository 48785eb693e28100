package dolmen.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Druid said of a stack at one moment: its version, the extensions that it loaded, its datasources, and what queries
 * counted of them.
 */
public record DruidState(
        String version,
        SortedSet<String> modules,
        SortedMap<String, DatasourceState> datasources,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedMap<String, Counted> counted) {
    public DruidState {
        counted = Collections.unmodifiableSortedMap(new TreeMap<>(counted));
        modules = Collections.unmodifiableSortedSet(new TreeSet<>(modules));
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
    }

    /** A state for which no query counted anything. */
    public DruidState(String version, SortedSet<String> modules, SortedMap<String, DatasourceState> datasources) {
        this(version, modules, datasources, new TreeMap<>());
    }

    /** This state with what queries counted. */
    public DruidState withCounted(SortedMap<String, Counted> counts) {
        return new DruidState(version, modules, datasources, counts);
    }

    /** The used segments of all datasources, hidden ones counted too. */
    public long segments() {
        return datasources.values().stream()
                .mapToLong(DatasourceState::segments)
                .sum();
    }

    /** The segments that no server serves though it should. */
    public long unavailable() {
        return datasources.values().stream()
                .mapToLong(DatasourceState::unavailable)
                .sum();
    }
}
