package dolmen.model;

import dolmen.model.RunOptions.PlanOptions;
import dolmen.model.RunOptions.RestoreOptions;
import java.util.Set;
import java.util.TreeSet;

/** The request of a restore at a command line, or of its plan, chosen part by part. */
public record Restoring(RestoreOptions options) {
    /** Everything of the newest good backup, nothing confirmed. */
    public static Restoring newest() {
        return new Restoring(new RestoreOptions(RestoreChoice.EVERYTHING, false, false));
    }

    public static Restoring of(Label label) {
        return newest().of(BackupChoice.of(label));
    }

    /** The files in this folder. */
    public static Restoring in(Object folder) {
        return newest().of(BackupChoice.in(folder.toString()));
    }

    private Restoring of(BackupChoice backup) {
        RestoreChoice now = options.choice();
        return with(new RestoreChoice(backup, now.skipMetabase(), now.datasources(), now.loseForeign(), now.loadAll()));
    }

    public Restoring withoutMetabase() {
        RestoreChoice now = options.choice();
        return with(new RestoreChoice(now.backup(), true, now.datasources(), now.loseForeign(), now.loadAll()));
    }

    /** These datasources alone. */
    public Restoring only(String... datasources) {
        RestoreChoice now = options.choice();
        return with(new RestoreChoice(
                now.backup(),
                now.skipMetabase(),
                new TreeSet<>(Set.of(datasources)),
                now.loseForeign(),
                now.loadAll()));
    }

    public Restoring losingForeign() {
        RestoreChoice now = options.choice();
        return with(new RestoreChoice(now.backup(), now.skipMetabase(), now.datasources(), true, now.loadAll()));
    }

    public Restoring loadingAll(boolean all) {
        RestoreChoice now = options.choice();
        return with(new RestoreChoice(now.backup(), now.skipMetabase(), now.datasources(), now.loseForeign(), all));
    }

    public Restoring confirmed() {
        return new Restoring(new RestoreOptions(options.choice(), true, options.noStart()));
    }

    public Restoring startingNothing(boolean leaveDown) {
        return new Restoring(new RestoreOptions(options.choice(), options.confirmed(), leaveDown));
    }

    public RunRequest request() {
        return new RunRequest(Operation.RESTORE, Origin.COMMAND, options);
    }

    public RunRequest plan() {
        return new RunRequest(Operation.PLAN, Origin.COMMAND, new PlanOptions(options.choice()));
    }

    private Restoring with(RestoreChoice choice) {
        return new Restoring(new RestoreOptions(choice, options.confirmed(), options.noStart()));
    }
}
