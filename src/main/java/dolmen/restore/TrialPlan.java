package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the metadata store takes the dump: nothing but a load tells of extensions and types that are not there, or of rows
 * that break a rule. Not tried where the restore is refused for another reason. For the end of a plan.
 */
public final class TrialPlan implements PlanPart {
    private final DruidMetadata metadata;

    public TrialPlan(DruidMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter) {
        if (draft.isRefused()) {
            return;
        }
        Path dump = restore.source().file(Artifact.METADATA_DUMP);
        Optional<String> objection = metadata.tryOut(dump, restore.dump(), meter);
        draft.group("trial");
        objection.ifPresentOrElse(
                draft::refuse,
                () -> draft.fact(
                        "the dump was loaded into a database of its own, which is dropped again, without a complaint"));
    }
}
