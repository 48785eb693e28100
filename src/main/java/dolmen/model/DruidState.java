package dolmen.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Druid's API said of a stack at one moment: its version, the extensions that it loaded, and its datasources. */
public record DruidState(String version, SortedSet<String> modules, SortedMap<String, DatasourceState> datasources) {
    public DruidState {
        modules = Collections.unmodifiableSortedSet(new TreeSet<>(modules));
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
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
