package dolmen.restore;

import java.util.ArrayList;
import java.util.List;

/**
 * Used segments of one datasource: those that only the backup has, those that both have, those that have another content
 * under the same id, and those only here.
 */
record SegmentChange(long added, long kept, long changed, long lost) {
    SegmentChange and(SegmentChange more) {
        return new SegmentChange(added + more.added, kept + more.kept, changed + more.changed, lost + more.lost);
    }

    /** In words, without what is none. */
    String words() {
        return added + " added, " + kept + " kept, " + (changed > 0 ? changed + " with another content, " : "") + lost
                + " lost";
    }

    /** What goes, for a question. */
    List<String> losses(String datasource) {
        List<String> losses = new ArrayList<>();
        if (lost > 0) {
            losses.add(lost + " used segments of " + datasource + " that the backup does not have");
        }
        if (changed > 0) {
            losses.add(changed + " used segments of " + datasource
                    + " that have another content under the same id in the backup");
        }
        return losses;
    }
}
