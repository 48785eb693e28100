package backup;

import dolmen.catalog.BackupDestination;
import dolmen.catalog.OwnStack;
import dolmen.model.BackupRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Renames the staging folder into the catalog, or sends the manifest to the bucket; from then on the backup exists. */
public final class PublishBackup extends RouteBuilder {
    private final BackupDestination place;
    private final OwnStack own;

    /** {@code own} remembers which stack it is that was backed up. */
    public PublishBackup(BackupDestination place, OwnStack own) {
        this.place = place;
        this.own = own;
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
        own.remember(backup.stack()); // killed in between, a published backup must not be a stranger here
        return place.publish(backup);
    }
}
