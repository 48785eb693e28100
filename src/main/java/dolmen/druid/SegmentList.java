package dolmen.druid;

import dolmen.model.Coverage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    private final SortedMap<String, List<String>> ids = new TreeMap<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> intervals = new TreeMap<>();
    private int listed;

    /** Used segments of these datasources that nothing hides and no server has loaded. */
    static SegmentList unavailable(DruidApi api, Collection<String> datasources) {
        SegmentList list = new SegmentList();
        for (String datasource : datasources) {
            Fingerprints served = new Fingerprints();
            api.servedSegments(datasource, served::add);
            api.usedSegments(datasource, segment -> {
                if (segment.overshadowed()) {
                    return;
                }
                if (!served.holds(segment.id())) {
                    list.add(segment.id(), datasource, segment.interval());
                }
            });
        }
        return list;
    }

    void add(String id, String datasource, String interval) {
        counts.merge(datasource, 1L, Long::sum);
        if (listed < Coverage.LISTED) {
            listed++;
            ids.computeIfAbsent(datasource, name -> new ArrayList<>()).add(id);
            intervals.computeIfAbsent(datasource, name -> new TreeSet<>()).add(interval);
        }
    }

    /** This list without these datasources. */
    SegmentList without(Collection<String> datasources) {
        SegmentList others = new SegmentList();
        others.counts.putAll(counts);
        others.ids.putAll(ids);
        others.intervals.putAll(intervals);
        others.counts.keySet().removeAll(datasources);
        others.ids.keySet().removeAll(datasources);
        others.intervals.keySet().removeAll(datasources);
        return others;
    }

    List<String> ids() {
        return ids.values().stream().flatMap(List::stream).toList();
    }

    /** Those of one datasource. */
    List<String> ids(String datasource) {
        return ids.getOrDefault(datasource, List.of());
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long count(String datasource) {
        return counts.getOrDefault(datasource, 0L);
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
