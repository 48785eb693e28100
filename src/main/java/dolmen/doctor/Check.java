package dolmen.doctor;

import java.util.List;

/**
 * Checks one part of the stack or of Dolmen's set-up. It changes nothing, apart from probes, which it removes again where that can
 * be done. What it throws becomes a finding: an error that says that the check could not be carried out.
 */
@FunctionalInterface
interface Check {
    List<Seen> look();

    /** A finding without the name of its check; the hint is empty where nothing is to be done. */
    record Seen(Severity severity, String what, String hint) {
        static Seen ok(String what) {
            return new Seen(Severity.OK, what, "");
        }

        static Seen info(String what) {
            return new Seen(Severity.INFO, what, "");
        }

        static Seen info(String what, String hint) {
            return new Seen(Severity.INFO, what, hint);
        }

        static Seen warning(String what, String hint) {
            return new Seen(Severity.WARNING, what, hint);
        }

        static Seen error(String what, String hint) {
            return new Seen(Severity.ERROR, what, hint);
        }
    }
}
