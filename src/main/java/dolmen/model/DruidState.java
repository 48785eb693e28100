package dolmen.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Druid's API says of its datasources at one moment. */
public record DruidState(String version, SortedMap<String, DatasourceState> datasources) {
    public DruidState {
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
    }

    /** One datasource: used segments, those of them that newer ones overshadow, those that no historical serves, rows. */
    public record DatasourceState(long segments, long overshadowed, long unavailable, Optional<Long> rows) {}
}
