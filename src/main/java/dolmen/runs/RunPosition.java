package dolmen.runs;

import dolmen.model.Milestone;
import dolmen.model.StepRecord;
import java.util.Comparator;
import java.util.List;

/**
 * How far a run has come, by its journal: the furthest milestone, and whether it has turned back since. A step that is
 * repeated takes nothing back of what was passed before.
 */
public record RunPosition(Milestone furthest, boolean turnedBack) {
    /** The position of a run with these attempts at steps. */
    static RunPosition of(List<StepRecord> steps) {
        List<Milestone> passed = steps.stream()
                .filter(StepRecord::counts)
                .flatMap(step -> step.milestone().stream())
                .toList();
        return new RunPosition(
                passed.stream()
                        .filter(milestone -> milestone != Milestone.TURNED_BACK)
                        .max(Comparator.naturalOrder())
                        .orElse(Milestone.BEGUN),
                passed.contains(Milestone.TURNED_BACK));
    }

    /** Whether it has come to this milestone. */
    public boolean passed(Milestone milestone) {
        return furthest.compareTo(milestone) >= 0;
    }
}
