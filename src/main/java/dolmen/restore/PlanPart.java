package dolmen.restore;

import dolmen.model.RestoreRun;

/** One group of a plan: says what becomes of one part of the stack. Changes nothing. */
public interface PlanPart {
    /** Adds the group; {@code target} is what the stack has now, beside the backup. */
    void add(RestoreRun restore, Target target, PlanDraft draft);
}
