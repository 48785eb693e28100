package dolmen.restore;

import dolmen.archive.PathIndex;
import dolmen.model.SegmentPrint;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the used segments of a backup with those of a live database by their ids and fingerprints, of which hashes alone
 * are kept: first all of the backup, then all live ones. Druid may give an id again to another content.
 */
final class SegmentDifference {
    private static final int HEX = 16;

    private final PathIndex ids = new PathIndex();
    private final SortedMap<String, SegmentChange> changes = new TreeMap<>();
    private long[] prints = new long[512];

    /** Takes in a segment of the backup. */
    void backup(SegmentPrint segment) {
        int number = ids.add(segment.id());
        if (number >= prints.length) {
            prints = Arrays.copyOf(prints, Math.addExact(prints.length, prints.length / 4));
        }
        prints[number] = print(segment);
        add(segment.datasource(), new SegmentChange(1, 0, 0, 0));
    }

    /** Takes in a live segment. True when the backup has the same one. */
    boolean live(SegmentPrint segment) {
        int number = ids.find(segment.id());
        boolean known = number != PathIndex.ABSENT;
        boolean same = known && prints[number] == print(segment);
        add(
                segment.datasource(),
                known ? new SegmentChange(-1, same ? 1 : 0, same ? 0 : 1, 0) : new SegmentChange(0, 0, 0, 1));
        return same;
    }

    private static long print(SegmentPrint segment) {
        return Long.parseUnsignedLong(segment.fingerprint().substring(0, HEX), HEX);
    }

    private void add(String datasource, SegmentChange one) {
        changes.merge(datasource, one, SegmentChange::and);
    }

    SortedMap<String, SegmentChange> byDatasource() {
        return Collections.unmodifiableSortedMap(changes);
    }
}
