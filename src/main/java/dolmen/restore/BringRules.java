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

/**
 * Stores the load rules of the datasources, and waits until the coordinator uses them: by the rules before, it might mark segments unused
 * as soon as they come.
 */
public final class BringRules implements Step<RestoreRun, RestoreRun> {
    private final DatasourceRows rows;
    private final Function<Run, LoadRules> loadAll;
    private final RulesInForce inForce;

    /** {@code loadAll} makes the rules that the datasources get where the request asks to load all. */
    public BringRules(DatasourceRows rows, Function<Run, LoadRules> loadAll, RulesInForce inForce) {
        this.rows = rows;
        this.loadAll = loadAll;
        this.inForce = inForce;
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
        inForce.await(brought);
        return brought.isEmpty()
                ? restore
                : restore.tell("load rules of " + String.join(", ", brought.keySet())
                        + " were stored, and the coordinator goes by them");
    }
}
