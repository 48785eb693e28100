package dolmen.restore;

import dolmen.druid.RulesInForce;
import dolmen.metadata.DatasourceRows;
import dolmen.metadata.LoadRules;
import dolmen.model.Artifact;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.Step;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** Brings the load rules of the datasources, and waits until the coordinator goes by them: it would drop what comes by those of before. */
public final class BringRules implements Step<RestoreRun, RestoreRun> {
    private final DatasourceRows rows;
    private final Function<Run, LoadRules> loadAll;
    private final RulesInForce force;

    /** {@code loadAll} are those that the datasources get where all of them should be loaded. */
    public BringRules(DatasourceRows rows, Function<Run, LoadRules> loadAll, RulesInForce force) {
        this.rows = rows;
        this.loadAll = loadAll;
        this.force = force;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        Run run = restore.run();
        rows.bringRules(
                restore.source().file(Artifact.METADATA_DUMP),
                restore.choice().datasources(),
                run.mark(),
                restore.choice().loadAll() ? Optional.of(loadAll.apply(run)) : Optional.empty());
        SortedMap<String, String> brought = rows.broughtRules(run.mark());
        force.await(brought);
        return brought.isEmpty()
                ? restore
                : restore.tell("load rules of " + String.join(", ", brought.keySet())
                        + " were stored, and the coordinator goes by them");
    }
}
