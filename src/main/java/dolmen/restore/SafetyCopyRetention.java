package dolmen.restore;

import dolmen.runs.SafetyCopies;
import java.util.function.Consumer;

/** Keeps what a verified restore replaced, and drops what older restores replaced beyond {@code dolmen.restore.safety-copies}. */
public final class SafetyCopyRetention {
    private final SafetyCopies copies;
    private final Consumer<String> drop;

    /** {@code drop} removes what the restore of that mark replaced; repeatable. */
    public SafetyCopyRetention(SafetyCopies copies, Consumer<String> drop) {
        this.copies = copies;
        this.drop = drop;
    }

    /** True when the copy of this mark is one of those that are kept. Repeatable from wherever it was killed. */
    public boolean keep(String mark) {
        copies.add(mark);
        for (String older : copies.beyondPolicy()) {
            drop.accept(older);
            copies.remove(older);
        }
        return copies.list().contains(mark);
    }

    /** Keeps the copy of a restore that nothing has proven, and drops no other. Repeatable. */
    public void keepUnproven(String mark) {
        copies.add(mark);
    }
}
