package restore;

import dolmen.metadata.DatasourceSwap;
import dolmen.model.Artifact;
import dolmen.model.RestoreRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Exchanges the rows of the datasources in the live metadata, in one transaction. */
public final class SwapDatasources extends RouteBuilder {
    private final DatasourceSwap rows;

    public SwapDatasources(DatasourceSwap rows) {
        this.rows = rows;
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
                restore.run().mark());
        return restore.tell("metadata: the rows of "
                + String.join(", ", restore.run().request().datasources())
                + " were exchanged; pending segments of them were removed");
    }
}
