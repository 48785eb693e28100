package dolmen.pipeline;

import dolmen.model.Plan;
import java.util.ArrayList;
import java.util.List;

/** A plan in the making, a group of lines after the other. */
final class PlanDraft {
    private final String subject;
    private final List<String> lines = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();

    /** {@code subject} says what goes where; {@code more} ends the first line. */
    PlanDraft(String subject, String more) {
        this.subject = subject;
        lines.add("restore " + subject + more);
    }

    /** Begins a group. */
    void group(String title) {
        lines.add(title);
    }

    /** A fact of the group. */
    void fact(String line) {
        lines.add("  " + line);
    }

    /** A fact that a person should think about. */
    void warning(String line) {
        fact("warning: " + line);
    }

    /** A reason not to restore. */
    void refuse(String reason) {
        refusals.add(reason);
    }

    /** What the stack has now and would not have afterwards. */
    void lose(String what) {
        losses.add(what);
    }

    Plan plan() {
        return new Plan(subject, lines, refusals, losses);
    }
}
