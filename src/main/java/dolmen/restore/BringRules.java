package dolmen.restore;

import dolmen.druid.RulesInForce;
import dolmen.metadata.DatasourceRules;
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
    private final DatasourceRules rules;
    private final Function<Run, LoadRules> loadAll;
    private final RulesInForce force;

    /** {@code loadAll} are those that the datasources get where all of them should be loaded. */
    public BringRules(DatasourceRules rules, Function<Run, LoadRules> loadAll, RulesInForce force) {
        this.rules = rules;
        this.loadAll = loadAll;
        this.force = force;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        Run run = restore.run();
        rules.bring(
                restore.source().file(Artifact.METADATA_DUMP),
                run.request().datasources(),
                run.mark(),
                run.request().loadAll() ? Optional.of(loadAll.apply(run)) : Optional.empty());
        SortedMap<String, String> brought = rules.brought(run.mark());
        force.await(brought);
        return brought.isEmpty()
                ? restore
                : restore.tell("load rules of " + String.join(", ", brought.keySet())
                        + " were stored, and the coordinator goes by them");
    }
}
