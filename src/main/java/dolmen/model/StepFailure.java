package dolmen.model;

/**
 * A failure that a person can act on: what happened (lower case, no full stop), a hint (a sentence that says what to
 * do), an exit status, and whether the same step may succeed when it is tried again. Anything else that is thrown is a
 * bug and keeps its stack. Never put a secret into a message.
 */
public abstract sealed class StepFailure extends RuntimeException {
    private final ExitCode exitCode;
    private final String hint;

    private StepFailure(ExitCode exitCode, String message, String hint, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String hint() {
        return hint;
    }

    /** True when the cause may pass by itself: refused connections, time-outs, 5xx. Only these are retried. */
    public boolean mayPass() {
        return false;
    }

    /** A part of the stack does not answer now; trying again may help. */
    public static final class Unavailable extends StepFailure {
        public Unavailable(String message, String hint, Throwable cause) {
            super(ExitCode.FAILED, message, hint, cause);
        }

        public Unavailable(String message, String hint) {
            this(message, hint, null);
        }

        @Override
        public boolean mayPass() {
            return true;
        }
    }

    /** A step failed for good: a wrong password, a full disk, a program that ended with an error. */
    public static final class Failed extends StepFailure {
        public Failed(String message, String hint, Throwable cause) {
            super(ExitCode.FAILED, message, hint, cause);
        }

        public Failed(String message, String hint) {
            this(message, hint, null);
        }
    }

    /** An artifact is not what it should be; the message says where. */
    public static final class Damaged extends StepFailure {
        public Damaged(String message, String hint, Throwable cause) {
            super(ExitCode.FAILED, message, hint, cause);
        }

        public Damaged(String message, String hint) {
            this(message, hint, null);
        }
    }

    /** Used segments are missing; the message lists them, the first ones when there are many. */
    public static final class Incomplete extends StepFailure {
        public Incomplete(String message, String hint) {
            super(ExitCode.INCOMPLETE, message, hint, null);
        }
    }

    /** A setting, an argument or a trigger is wrong. */
    public static final class Unusable extends StepFailure {
        public Unusable(String message, String hint, Throwable cause) {
            super(ExitCode.USAGE, message, hint, cause);
        }

        public Unusable(String message, String hint) {
            this(message, hint, null);
        }
    }

    /** A check refused the run before the first change. */
    public static final class Refused extends StepFailure {
        public Refused(String message, String hint) {
            super(ExitCode.REFUSED, message, hint, null);
        }
    }

    /** Another run holds the lock. */
    public static final class Locked extends StepFailure {
        public Locked(String message, String hint) {
            super(ExitCode.LOCKED, message, hint, null);
        }
    }

    /** The catalog holds no such backup. */
    public static final class NothingToRestore extends StepFailure {
        public NothingToRestore(String message, String hint) {
            super(ExitCode.NOTHING_TO_RESTORE, message, hint, null);
        }
    }
}
