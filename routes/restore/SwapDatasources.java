package restore;

import dolmen.metadata.DatasourceSwap;
import dolmen.metadata.LoadRules;
import dolmen.model.Artifact;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Exchanges the rows of the datasources in the live metadata, in one transaction. */
public final class SwapDatasources extends RouteBuilder {
    private final DatasourceSwap rows;
    private final Function<Run, LoadRules> rules;

    /** {@code rules} are those that the datasources get where all of them should be loaded. */
    public SwapDatasources(DatasourceSwap rows, Function<Run, LoadRules> rules) {
        this.rows = rows;
        this.rules = rules;
    }

    @Override
    public void configure() {
        from("direct:swap-datasources")
                .routeId("swap-datasources")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::swap)
                .log("exchanged the rows");
    }

    private RestoreRun swap(RestoreRun restore) {
        rows.swapIn(
                restore.source().file(Artifact.METADATA_DUMP),
                restore.run().request().datasources(),
                restore.run().mark(),
                restore.run().request().loadAll() ? Optional.of(rules.apply(restore.run())) : Optional.empty());
        return restore.tell("metadata: the rows of "
                + String.join(", ", restore.run().request().datasources())
                + " were exchanged; pending segments of them were removed");
    }
}
