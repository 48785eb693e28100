package restore;

import dolmen.database.postgres.PostgresDatabase;
import dolmen.model.Artifact;
import dolmen.model.RestoreRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Loads the dump into a side database and compares its rows per table; the live database is not touched. */
public final class LoadMetadata extends RouteBuilder {
    private final PostgresDatabase metadata;

    public LoadMetadata(PostgresDatabase metadata) {
        this.metadata = metadata;
    }

    @Override
    public void configure() {
        from("direct:load-metadata")
                .routeId("load-metadata")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::load)
                .log("loaded ${body.dump.totalRows} rows of metadata into a side database");
    }

    private RestoreRun load(RestoreRun restore) {
        String side = metadata.names().fresh(restore.run().mark());
        metadata.createSide(side);
        metadata.loadSide(side, restore.source().file(Artifact.METADATA_DUMP), restore.dump());
        return restore.tell("metadata: " + restore.dump().totalRows() + " rows in "
                + restore.dump().rows().size() + " tables, equal to the backup's");
    }
}
