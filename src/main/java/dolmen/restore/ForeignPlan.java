package dolmen.restore;

import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import java.util.OptionalLong;

/** What is in the metadata database and not Druid's, and would go: it is refused unless a person consents to just that. */
public final class ForeignPlan implements PlanPart {
    private static final String TABLE = "table ";

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter) {
        if (target.lostForeign().isEmpty()) {
            return;
        }
        draft.group("not Druid's");
        var lost =
                target.lostForeign().stream().map(what -> named(what, target)).toList();
        String words = Losses.words(lost);
        draft.fact("goes with database " + target.database() + ": " + words);
        if (restore.choice().loseForeign()) {
            draft.lose("what is not Druid's: " + words);
        } else {
            draft.refuse("it would lose what is not Druid's, and --lose-foreign was not given: " + words);
        }
    }

    private static String named(String what, Target target) {
        OptionalLong rows = what.startsWith(TABLE)
                ? target.rows().getOrDefault(what.substring(TABLE.length()), OptionalLong.empty())
                : OptionalLong.empty();
        return rows.isPresent() ? what + " with " + MetadataPlan.rows(rows.getAsLong()) : what;
    }
}
