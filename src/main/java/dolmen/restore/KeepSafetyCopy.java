package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.RunMark;
import dolmen.model.Step;
import dolmen.stack.StartedServices;
import java.util.Optional;

/**
 * Ends a verified restore: the services that it started stay up, what it replaced is kept, and what older restores replaced is dropped
 * as {@code dolmen.restore.safety-copies} says. Where services were left down, and so nothing was proven, nothing is dropped.
 */
public final class KeepSafetyCopy implements Step<RestoreRun, RestoreRun> {
    private final SafetyCopyRetention copies;
    private final StartedServices started;

    public KeepSafetyCopy(SafetyCopyRetention copies, StartedServices started) {
        this.copies = copies;
        this.started = started;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.KEPT);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RunMark mark = restore.run().mark();
        if (!restore.options().noStart()) {
            started.keepAll(mark);
        }
        return restore.tell(
                kept(restore, mark)
                        ? "what was replaced is kept: `dolmen restore --undo "
                                + restore.run().id() + "` brings it back"
                        : "what was replaced was dropped: dolmen.restore.safety-copies=0");
    }

    private boolean kept(RestoreRun restore, RunMark mark) {
        if (restore.leftDown().isEmpty()) {
            return copies.keep(mark);
        }
        copies.keepUnproven(mark);
        return true;
    }
}
