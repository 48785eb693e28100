package dolmen.restore;

import dolmen.catalog.Verdicts;
import dolmen.model.BackupContents;
import dolmen.model.BackupState;
import dolmen.model.Plan;
import java.util.ArrayList;
import java.util.List;

/** Collects the lines of a plan, group after group, and what it would lose or be refused for. */
final class PlanDraft {
    private final String subject;
    private final List<String> lines = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

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

    /** A fact that stands in the report of the restore, too. */
    void note(String line) {
        fact(line);
        notes.add(line);
    }

    /** A reason not to restore. */
    void refuse(String reason) {
        refusals.add(reason);
    }

    /** Whether there is a reason. */
    boolean isRefused() {
        return !refusals.isEmpty();
    }

    /** What the stack has now and would not have afterwards. */
    void lose(String what) {
        losses.add(what);
    }

    /** What is known about the backup itself: a suspicious one needs consent, a damaged one is refused. */
    void backup(BackupContents backup) {
        BackupState state = Verdicts.stateOf(backup);
        state.reasons()
                .forEach(reason -> warning("the backup is " + state.trust().word() + ": " + reason));
        if (state.isDamaged()) {
            refuse(backup.name() + " is " + state.words());
        } else {
            doubts.addAll(state.reasons());
        }
    }

    Plan plan() {
        return new Plan(subject, lines, refusals, losses, doubts, notes);
    }
}
