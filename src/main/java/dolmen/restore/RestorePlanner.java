package dolmen.restore;

import dolmen.model.Meter;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import java.util.List;
import java.util.function.BiFunction;

/** Says what a restore would do to the stack as it is now, and why it could not succeed; what is tried is counted. Changes nothing. */
public final class RestorePlanner implements BiFunction<RestoreRun, Meter, Plan> {
    /** Bytes that must stay free on every volume. */
    static final long SPARE = 64L << 20;

    private final TargetReader reader;
    private final List<PlanPart> parts;

    /** The parts become the groups of the plan, in this order. */
    public RestorePlanner(TargetReader reader, List<PlanPart> parts) {
        this.reader = reader;
        this.parts = List.copyOf(parts);
    }

    @Override
    public Plan apply(RestoreRun restore, Meter meter) {
        Target target = reader.read(restore);
        PlanDraft draft =
                new PlanDraft(restore.source().name() + target.passage().words(), "");
        draft.backup(restore.source());
        parts.forEach(part -> part.add(restore, target, draft, meter));
        return draft.plan();
    }
}
