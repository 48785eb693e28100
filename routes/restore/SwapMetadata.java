package restore;

import dolmen.database.postgres.PostgresDatabase;
import dolmen.model.RestoreRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Renames the side database into place, and the live one aside, in one transaction. */
public final class SwapMetadata extends RouteBuilder {
    private final PostgresDatabase metadata;

    public SwapMetadata(PostgresDatabase metadata) {
        this.metadata = metadata;
    }

    @Override
    public void configure() {
        from("direct:swap-metadata")
                .routeId("swap-metadata")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::swap)
                .log("swapped the metadata in");
    }

    private RestoreRun swap(RestoreRun restore) {
        String mark = restore.run().mark();
        metadata.swap(metadata.names().fresh(mark), metadata.names().old(mark));
        return restore;
    }
}
