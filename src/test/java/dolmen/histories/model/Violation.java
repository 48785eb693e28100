package dolmen.histories.model;

import java.util.Set;

/** Something that must be true is not: which invariant, a word for the kind of fault, and what was found. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Kinds that are known, so that what else is wrong is found; named by who begins the run. */
    private static final Set<String> PASSED_OVER =
            Set.of(System.getProperty("dolmen.history.pass-over", "").split(","));

    private final String kind;

    private Violation(String invariant, String kind, String found) {
        super(found);
        this.kind = invariant + "/" + kind;
    }

    /** Throws it, unless this kind is passed over. */
    public static void raise(String invariant, String kind, String found) {
        if (!PASSED_OVER.contains(invariant + "/" + kind)) {
            throw new Violation(invariant, kind, found);
        }
    }

    /** One that is not passed over. */
    public static Violation of(String invariant, String kind, String found) {
        return new Violation(invariant, kind, found);
    }

    /** Two failures of one kind most likely have one cause. */
    public String kind() {
        return kind;
    }
}
