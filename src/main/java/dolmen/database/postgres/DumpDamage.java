package dolmen.database.postgres;

import dolmen.model.StepFailure;

/** The failures of a dump that is not whole or not what pg_dump writes. */
public final class DumpDamage {
    private static final String HINT = "Use another backup, or make the dump again with pg_dump's plain format.";

    private DumpDamage() {}

    public static StepFailure.Damaged at(long line, String what) {
        return new StepFailure.Damaged("the dump is damaged at line " + line + ": " + what, HINT);
    }

    static StepFailure.Damaged hostile(long line, String what) {
        return new StepFailure.Damaged(
                "the dump is not plain pg_dump output at line " + line + ": " + what,
                "psql would run this. Do not restore the file until you know where it comes from.");
    }

    static StepFailure.Damaged of(String what, String hint) {
        return new StepFailure.Damaged(what, hint);
    }
}
