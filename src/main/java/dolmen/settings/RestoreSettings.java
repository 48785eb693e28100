package dolmen.settings;

import dolmen.model.Sameness;

/**
 * The {@code dolmen.restore.*} block: of how many restores the replaced data are kept after they were verified, whether
 * rows of the past (active tasks, task locks, pending segments) are cleared, and what becomes of supervisors.
 */
public record RestoreSettings(int safetyCopies, boolean clearPast, Supervisors supervisors) {
    public RestoreSettings {
        if (safetyCopies < 0) {
            throw new IllegalArgumentException("dolmen.restore.safety-copies is below 0: " + safetyCopies);
        }
    }

    /** Whether supervisors are suspended by a restore into such a stack. */
    public boolean suspends(Sameness stack) {
        return supervisors == Supervisors.SUSPEND || supervisors == Supervisors.AUTO && stack != Sameness.SAME;
    }

    /** What a restore does with supervisors. */
    public enum Supervisors {
        /** Suspends them unless the stack is known to be the one of the backup. */
        AUTO,
        KEEP,
        SUSPEND
    }
}
