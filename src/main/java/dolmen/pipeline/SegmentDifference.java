package dolmen.pipeline;

import dolmen.archive.PathIndex;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the used segments of a backup with those of a live database by their ids, whose hashes alone are kept: first
 * all of the backup, then all live ones.
 */
final class SegmentDifference {
    private final PathIndex ids = new PathIndex();
    private final SortedMap<String, SegmentChange> changes = new TreeMap<>();

    /** Takes in a segment of the backup. */
    void backup(String datasource, String id) {
        ids.add(id);
        add(datasource, new SegmentChange(1, 0, 0));
    }

    /** Takes in a live segment. */
    void live(String datasource, String id) {
        boolean kept = ids.find(id) != PathIndex.ABSENT;
        add(datasource, kept ? new SegmentChange(-1, 1, 0) : new SegmentChange(0, 0, 1));
    }

    private void add(String datasource, SegmentChange one) {
        changes.merge(
                datasource,
                one,
                (sum, more) -> new SegmentChange(
                        sum.added() + more.added(), sum.kept() + more.kept(), sum.lost() + more.lost()));
    }

    SortedMap<String, SegmentChange> byDatasource() {
        return Collections.unmodifiableSortedMap(changes);
    }
}
