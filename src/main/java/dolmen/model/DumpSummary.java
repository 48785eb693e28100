package dolmen.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one whole metadata dump holds: the versions of the server and of pg_dump that wrote it, rows per table (schema
 * left out when it is {@code public}), the used segments per datasource and per load-spec type, and the roles that its
 * statements name (owners and grantees). Read from a dump whose end marker was seen; a cut dump has no summary.
 */
public record DumpSummary(
        String serverVersion,
        String clientVersion,
        SortedMap<String, Long> rows,
        SortedMap<String, DatasourceSummary> datasources,
        SortedMap<String, Long> loadSpecs,
        SortedSet<String> roles) {
    public DumpSummary {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
        loadSpecs = Collections.unmodifiableSortedMap(new TreeMap<>(loadSpecs));
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }

    /** The number of used segments over all datasources. */
    public long usedSegments() {
        return datasources.values().stream()
                .mapToLong(DatasourceSummary::segments)
                .sum();
    }

    /** The rows of all tables together. */
    public long totalRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
