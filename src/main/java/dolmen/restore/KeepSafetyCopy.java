package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import dolmen.stack.StartedServices;
import java.util.Optional;

/**
 * The restore is verified, so what it started stays up and what it replaced is kept; what older restores replaced is
 * dropped by policy. Where nothing was proven, nothing is dropped, and what ran for the restore alone is stopped later.
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
        String mark = restore.run().mark();
        if (!restore.options().noStart()) {
            started.keepAll(mark);
        }
        return restore.tell(
                kept(restore, mark)
                        ? "what was replaced is kept: `dolmen restore --undo "
                                + restore.run().id() + "` brings it back"
                        : "what was replaced was dropped: dolmen.restore.safety-copies=0");
    }

    private boolean kept(RestoreRun restore, String mark) {
        if (restore.leftDown().isEmpty()) {
            return copies.keep(mark);
        }
        copies.keepUnproven(mark);
        return true;
    }
}
