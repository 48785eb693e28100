package dolmen.restore;

import dolmen.model.RestoreRun;
import dolmen.model.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once more for losses, just before anything is swapped: what came since the plan and would be lost is a reason to refuse a
 * restore that nobody confirmed, and is named in the report of one that was confirmed.
 */
public final class CompareLosses implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(CompareLosses.class);

    private final LateLosses losses;

    public CompareLosses(LateLosses losses) {
        this.losses = losses;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        Losses late = losses.since(restore);
        late.requireConsent(
                restore.options().consent(),
                "since it was planned, this came that the restore would lose: ",
                "Everything is put back. Back it up, or see `dolmen plan` and confirm by --yes, or by confirm=yes in"
                        + " the trigger.");
        if (late.isEmpty()) {
            return restore;
        }
        LOG.warn("came since the plan and is lost: {}", late.words());
        return restore.tell("came since the plan and was lost: " + late.words());
    }
}
