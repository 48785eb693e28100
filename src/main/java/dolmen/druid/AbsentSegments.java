package dolmen.druid;

import dolmen.model.Coverage;
import dolmen.model.UnusedSegments;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The segments of a dump that Druid does not know and that nothing overshadows: those that are in the metadata store and
 * were marked as unused since, and those that are not there at all.
 */
final class AbsentSegments {
    private final SegmentList unused = new SegmentList();
    private final SegmentList missing = new SegmentList();

    private AbsentSegments() {}

    /** Looks for those of these datasources. */
    static AbsentSegments of(
            DruidApi api, UnusedSegments store, Expectation expectation, Collection<String> datasources) {
        AbsentSegments absent = new AbsentSegments();
        if (datasources.isEmpty()) {
            return absent;
        }
        Fingerprints marked = new Fingerprints();
        store.forEach(datasources, marked::add);
        Supplier<RuleForecast> rules = RuleForecast.live(api);
        SortedMap<String, ShownDatasource> shown = new TreeMap<>();
        for (String name : datasources) {
            shown.put(name, ShownDatasource.of(api, store, rules, name, expectation));
        }
        expectation.dump().forEach(segment -> {
            ShownDatasource datasource = shown.get(segment.datasource());
            if (datasource != null && datasource.lacks(segment.id())) {
                SegmentList list = marked.holds(segment.id()) ? absent.unused : absent.missing;
                list.add(segment.id(), segment.datasource(), segment.interval());
            }
        });
        return absent;
    }

    /** The ids of all, at most {@link Coverage#LISTED}. */
    List<String> ids() {
        return Stream.concat(unused.ids().stream(), missing.ids().stream())
                .limit(Coverage.LISTED)
                .toList();
    }

    /** Those that are rows of the metadata store still. */
    SegmentList unused() {
        return unused;
    }

    SegmentList missing() {
        return missing;
    }
}
