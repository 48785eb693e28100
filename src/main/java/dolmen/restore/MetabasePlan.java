package dolmen.restore;

import dolmen.archive.FreeSpace;
import dolmen.metabase.MetabaseData;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.Size;
import java.nio.file.Path;

/** What becomes of Metabase's database, and the room for the copy of it that is opened. */
public final class MetabasePlan implements PlanPart {
    private final MetabaseData metabase;
    private final Path state;

    /** {@code state} is the folder of this machine for copies that are opened. */
    public MetabasePlan(MetabaseData metabase, Path state) {
        this.metabase = metabase;
        this.state = state;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter) {
        draft.group("Metabase");
        if (!restore.withMetabase()) {
            draft.fact("is left as it is");
            return;
        }
        draft.fact("its database is replaced; what it holds now is kept in the safety copy");
        Path file = MetabaseData.fileOf(restore.source()).orElseThrow();
        long needed = file.toFile().length();
        long free = FreeSpace.at(state);
        draft.fact("its file has " + Size.words(needed) + ", the state folder has " + Size.words(free) + " free");
        if (free < 2 * needed + RestorePlanner.SPARE) {
            draft.refuse("the state folder has " + Size.words(free) + " free, opening Metabase's data needs twice "
                    + Size.words(needed));
            return;
        }
        metabase.objections(file, meter).forEach(draft::refuse);
        metabase.held(restore.source()).map(metabase::compare).ifPresent(comparison -> {
            comparison.refusals().forEach(draft::refuse);
            comparison.warnings().forEach(draft::warning);
        });
    }
}
