package dolmen.restore;

import dolmen.model.Consent;
import dolmen.model.StepFailure.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * What a restore or an undo would lose, in words: Druid's own data, to which {@code --yes} consents, and other data in its database, for
 * which {@code --lose-foreign} is needed, too.
 */
public record Losses(List<String> druids, List<String> foreign) {
    private static final int NAMED = 20;
    private static final String FOREIGN = "what is not Druid's: ";

    public Losses {
        druids = List.copyOf(druids);
        foreign = List.copyOf(foreign);
    }

    public boolean isEmpty() {
        return druids.isEmpty() && foreign.isEmpty();
    }

    /** Throws {@code Refused} where there is no consent to all of it; {@code hint} says what to do about Druid's own data. */
    public void requireConsent(Consent consent, String beginning, String hint) {
        if (!foreign.isEmpty() && !consent.loseForeign()) {
            throw new Refused(
                    beginning + FOREIGN + words(foreign),
                    "Save it, by pg_dump; --lose-foreign together with --yes goes on without it. Nothing was changed.");
        }
        if (!isEmpty() && !consent.confirmed()) {
            throw new Refused(beginning + words(), hint);
        }
    }

    /** All of it for a person, at most 20 of each kind by name. */
    public String words() {
        List<String> both = new ArrayList<>();
        if (!druids.isEmpty()) {
            both.add(words(druids));
        }
        if (!foreign.isEmpty()) {
            both.add(FOREIGN + words(foreign));
        }
        return String.join("; ", both);
    }

    /** The first 20, and the number of the others. */
    static String words(List<String> all) {
        String named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
    }
}
