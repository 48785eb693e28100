package dolmen.druid;

import dolmen.model.SegmentEntry;
import dolmen.model.UsedSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the partition sets that are not complete among used segments: Druid serves an interval of a version only when all
 * its core partitions are there, and says nothing of the others. Needs no Druid; holds 28 bytes per segment.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/design/segments.html#sharding">Druid: segments, sharding</a>
 */
public final class PartitionSets {
    private static final int NAMED = 10;

    private final SortedMap<String, Timeline> datasources = new TreeMap<>();

    /** The sets that are not complete among these. */
    public static PartitionSets of(UsedSegments used) {
        PartitionSets sets = new PartitionSets();
        used.forEach(sets::add);
        return sets;
    }

    /** Takes in one used segment. */
    public void add(SegmentEntry segment) {
        datasources
                .computeIfAbsent(segment.datasource(), name -> new Timeline())
                .add(segment.interval(), segment.version(), segment.shard());
    }

    /** Takes in all used segments of a datasource. */
    void add(String datasource, Timeline timeline) {
        datasources.put(datasource, timeline);
    }

    /** Those that Druid does not serve, by datasource; newer versions first. */
    List<IncompleteSet> incomplete() {
        List<IncompleteSet> incomplete = new ArrayList<>();
        datasources.forEach((name, timeline) -> incomplete.addAll(timeline.incomplete(name)));
        return incomplete;
    }

    /** A line for each, at most ten, and one with the number of the others. */
    public List<String> lines() {
        List<IncompleteSet> incomplete = incomplete();
        List<String> lines = new ArrayList<>();
        incomplete.stream().limit(NAMED).forEach(set -> lines.add("a partition set is not complete: " + set.words()));
        if (incomplete.size() > NAMED) {
            lines.add((incomplete.size() - NAMED) + " more partition sets are not complete");
        }
        return lines;
    }
}
