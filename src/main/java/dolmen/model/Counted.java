package dolmen.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * What a query counted of one datasource: the stored rows, how many its segments have there, over which intervals, and why
 * others were not asked. Both numbers are empty when nothing was asked.
 */
public record Counted(Optional<Long> rows, Optional<Long> segmentRows, List<String> intervals, List<String> notAsked) {
    public Counted {
        intervals = List.copyOf(intervals);
        notAsked = List.copyOf(notAsked);
    }

    /** Nothing was asked, for this reason. */
    public static Counted nothing(String reason) {
        return new Counted(Optional.empty(), Optional.empty(), List.of(), List.of(reason));
    }

    /** Whether something was counted, and it is what the segments have. */
    @JsonIgnore
    public boolean isGood() {
        return rows.isPresent() && rows.equals(segmentRows);
    }

    /** Whether something was counted, and it is not what the segments have. */
    @JsonIgnore
    public boolean differs() {
        return rows.isPresent() && !rows.equals(segmentRows);
    }
}
