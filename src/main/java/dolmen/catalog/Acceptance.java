package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.BackupState;
import dolmen.model.HostName;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unusable;
import dolmen.model.Verdict;
import java.time.Clock;
import java.util.List;

/** What a person accepts of the reasons for which a backup is suspicious. */
public final class Acceptance {
    private Acceptance() {}

    /**
     * The reasons that are open; none of a verified backup. Throws {@link Refused} for a damaged one: nothing that is said of
     * it brings its files back.
     */
    public static List<String> open(Backup backup) {
        BackupState state = backup.state();
        if (state.isDamaged()) {
            throw new Refused(
                    "backup " + backup.manifest().label() + " is " + state.words(),
                    "Use another backup; a damaged one cannot be accepted.");
        }
        return state.reasons();
    }

    /** The verdict that accepts these reasons. Throws {@link Unusable} for one that is not open. */
    public static Verdict of(Backup backup, List<String> reasons, Clock clock) {
        List<String> open = open(backup);
        reasons.stream().filter(reason -> !open.contains(reason)).findFirst().ifPresent(unknown -> {
            throw new Unusable(
                    "'" + unknown + "' is no open reason of backup "
                            + backup.manifest().label(),
                    "`dolmen accept " + backup.manifest().label() + "` lists them; name one word for word.");
        });
        return Verdict.of(clock.instant(), HostName.here(), Verdict.Kind.ACCEPTED, reasons);
    }
}
