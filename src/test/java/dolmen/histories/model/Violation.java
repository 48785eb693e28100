package dolmen.histories.model;

/** Something that must be true is not: which invariant, a word for the kind of fault, and what was found. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String kind;

    public Violation(String invariant, String kind, String found) {
        super(found);
        this.kind = invariant + "/" + kind;
    }

    /** Two failures of one kind most likely have one cause. */
    public String kind() {
        return kind;
    }
}
