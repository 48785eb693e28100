package dolmen.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt at one step of a run: when it began, when it ended, the failure's message when it failed, and the milestone that
 * the step leads to, if it does to any (empty in what older versions wrote).
 */
public record StepRecord(
        String step, Instant begun, Optional<Instant> ended, Optional<String> failure, Optional<Milestone> milestone) {

    /** An attempt that begins now. */
    public static StepRecord begin(String step, Instant now, Optional<Milestone> milestone) {
        return new StepRecord(step, now, Optional.empty(), Optional.empty(), milestone);
    }

    /** The attempt, ended now: well where there is no failure. */
    public StepRecord end(Instant now, Optional<String> why) {
        return new StepRecord(step, begun, Optional.of(now), why, milestone);
    }

    /** The attempt, which leads to this milestone. */
    public StepRecord leadingTo(Milestone there) {
        return new StepRecord(step, begun, ended, failure, Optional.of(there));
    }

    /** Whether the attempt counts as having come to its milestone. */
    public boolean counts() {
        return milestone.isPresent() && (milestone.get().countsHalfDone() || (ended.isPresent() && failure.isEmpty()));
    }
}
