package dolmen.druid;

import dolmen.model.SegmentEntry;
import java.util.BitSet;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The used segments of one datasource in a dump: their ids, and which of them newer ones overshadow. Druid marks such
 * segments as unused after a while, so they may be gone.
 */
final class ExpectedDatasource {
    private final Fingerprints ids = new Fingerprints();
    private final Timeline timeline = new Timeline();
    private BitSet hidden;

    void add(SegmentEntry segment) {
        ids.add(segment.id());
        timeline.add(segment.interval(), segment.version(), segment.shard());
    }

    Fingerprints ids() {
        return ids;
    }

    Timeline timeline() {
        return timeline;
    }

    int size() {
        return ids.size();
    }

    /** The positions of those that newer ones of the same dump overshadow. */
    BitSet hidden() {
        if (hidden == null) {
            hidden = positions(timeline.overshadowed());
        }
        return hidden;
    }

    /** What is expected when these segments are used as well. */
    BitSet hiddenBeside(Timeline more) {
        return positions(timeline.with(more).overshadowed());
    }

    /** How many of those that nothing overshadows each interval has. */
    Map<Span, Integer> visible() {
        return timeline.visible();
    }

    /** The positions of those whose interval fits. */
    BitSet where(Predicate<Span> interval) {
        return positions(timeline.where(interval));
    }

    /** The positions of those that are among these, too. */
    BitSet positions(Fingerprints others) {
        BitSet positions = new BitSet(ids.size());
        for (int place = 0; place < others.size(); place++) {
            int position = ids.find(others.print(place));
            if (position >= 0) {
                positions.set(position);
            }
        }
        return positions;
    }

    private BitSet positions(BitSet places) {
        BitSet positions = new BitSet(ids.size());
        places.stream().filter(place -> place < ids.size()).forEach(place -> positions.set(ids.find(ids.print(place))));
        return positions;
    }
}
