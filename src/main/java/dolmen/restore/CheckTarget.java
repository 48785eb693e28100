package dolmen.restore;

import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.StepFailure.Refused;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans the restore, and refuses it where it could not succeed, or where it would lose something that nobody confirmed, before anything is changed. */
public final class CheckTarget implements MeteredStep<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckTarget.class);

    private final BiFunction<RestoreRun, Meter, Plan> planner;
    private final LateLosses losses;

    public CheckTarget(BiFunction<RestoreRun, Meter, Plan> planner, LateLosses losses) {
        this.planner = planner;
        this.losses = losses;
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        boolean confirmed = restore.options().confirmed();
        RestoreRun foreseeing = confirmed ? losses.foresee(restore) : restore;
        Plan plan = planner.apply(restore, meter);
        plan.lines().forEach(line -> LOG.info("plan: {}", line));
        if (!plan.refusals().isEmpty()) {
            throw new Refused(
                    "this backup cannot be restored here: " + String.join("; ", plan.refusals()),
                    "`dolmen plan` shows the whole plan; nothing was changed.");
        }
        if (!plan.doubts().isEmpty() && !confirmed) {
            throw new Refused(
                    restore.source().name() + " is suspicious: " + String.join("; ", plan.doubts()),
                    "Accept its reasons (`dolmen accept LABEL` lists them), or confirm this restore by --yes, or by"
                            + " confirm=yes in the trigger. Nothing was changed.");
        }
        if (!plan.losses().isEmpty() && !confirmed) {
            throw new Refused(
                    "this restore would lose " + String.join("; ", plan.losses()),
                    "`dolmen plan` shows the whole plan; confirm it by --yes, or by confirm=yes in the trigger."
                            + " Nothing was changed.");
        }
        RestoreRun planned = foreseeing.with(plan);
        for (String loss : plan.losses()) {
            planned = planned.tell("lost, as confirmed: " + loss);
        }
        for (String note : plan.notes()) {
            planned = planned.tell(note);
        }
        return planned;
    }
}
