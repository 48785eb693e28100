package dolmen.druid;

import dolmen.model.Coverage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Segments that are not where they should be: ids (at most {@link Coverage#LISTED}), numbers per datasource, and the
 * intervals that they cover.
 */
final class SegmentList {
    private static final int NAMED = 20;

    private final DruidApi api;
    private final List<String> ids = new ArrayList<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> intervals = new TreeMap<>();

    SegmentList(DruidApi api) {
        this.api = api;
    }

    /** Used segments of these datasources that nothing hides and no server has loaded. */
    SegmentList unavailable(Collection<String> datasources) {
        for (String datasource : datasources) {
            Fingerprints served = new Fingerprints();
            api.servedSegments(datasource, served::add);
            api.usedSegments(datasource, segment -> {
                if (segment.overshadowed()) {
                    return;
                }
                if (!served.holds(segment.id())) {
                    add(segment.id(), datasource, segment.interval());
                }
            });
        }
        return this;
    }

    /** Segments of the dump, in these datasources, that Druid does not know. */
    SegmentList absent(Expectation expectation, Collection<String> datasources) {
        Map<String, Fingerprints> known = new TreeMap<>();
        for (String datasource : datasources) {
            Fingerprints shown = new Fingerprints();
            api.usedSegments(datasource, segment -> shown.add(segment.id()));
            known.put(datasource, shown);
        }
        expectation.dump().forEach(segment -> {
            Fingerprints shown = known.get(segment.datasource());
            if (shown != null && !shown.holds(segment.id())) {
                add(segment.id(), segment.datasource(), segment.interval());
            }
        });
        return this;
    }

    private void add(String id, String datasource, String interval) {
        counts.merge(datasource, 1L, Long::sum);
        if (ids.size() < Coverage.LISTED) {
            ids.add(id);
            intervals.computeIfAbsent(datasource, name -> new TreeSet<>()).add(interval);
        }
    }

    List<String> ids() {
        return List.copyOf(ids);
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Such as {@code clicks 4, wiki 1}. */
    String byDatasource() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Such as {@code clicks 2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z}, the first ones. */
    String intervals() {
        List<String> all = intervals.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(interval -> entry.getKey() + " " + interval))
                .toList();
        String more = all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "";
        return all.stream().limit(NAMED).collect(Collectors.joining(", ")) + more;
    }
}
