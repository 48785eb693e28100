package dolmen.restore;

import dolmen.model.RunMark;
import dolmen.runs.SafetyCopies;
import java.util.function.Consumer;

/** Keeps what a verified restore replaced, and drops what older restores replaced beyond {@code dolmen.restore.safety-copies}. */
public final class SafetyCopyRetention {
    private final SafetyCopies copies;
    private final Consumer<RunMark> drop;

    /** {@code drop} removes what the restore of that mark replaced; repeatable. */
    public SafetyCopyRetention(SafetyCopies copies, Consumer<RunMark> drop) {
        this.copies = copies;
        this.drop = drop;
    }

    /** True when the copy of this mark is one of those that are kept. Repeatable from wherever it was killed. */
    public boolean keep(RunMark mark) {
        copies.add(mark);
        for (RunMark older : copies.beyondPolicy()) {
            drop.accept(older);
            copies.remove(older);
        }
        return copies.list().contains(mark);
    }

    /** Keeps the copy of a restore that nothing has proven, and drops no other. Repeatable. */
    public void keepUnproven(RunMark mark) {
        copies.add(mark);
    }
}
