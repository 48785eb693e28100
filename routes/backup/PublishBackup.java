package backup;

import dolmen.catalog.Catalog;
import dolmen.model.BackupRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Renames the staging folder into the catalog; from then on the backup exists. */
public final class PublishBackup extends RouteBuilder {
    private final Catalog catalog;

    public PublishBackup(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void configure() {
        from("direct:publish-backup")
                .routeId("publish-backup")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupRun.class, this::publish)
                .log("published backup ${body.label}");
    }

    private BackupRun publish(BackupRun backup) {
        catalog.publish(backup.staging());
        return backup;
    }
}
