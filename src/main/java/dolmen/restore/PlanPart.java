package dolmen.restore;

import dolmen.model.Meter;
import dolmen.model.RestoreRun;

/** One group of a plan: says what becomes of one part of the stack. Changes nothing. */
public interface PlanPart {
    /** Adds the group; {@code target} is what the stack has now, beside the backup. What is tried for it is counted. */
    void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter);
}
