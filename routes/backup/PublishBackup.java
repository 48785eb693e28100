package backup;

import dolmen.model.BackupRun;
import dolmen.pipeline.BackupPlace;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Renames the staging folder into the catalog, or sends the manifest to the bucket; from then on the backup exists. */
public final class PublishBackup extends RouteBuilder {
    private final BackupPlace place;

    public PublishBackup(BackupPlace place) {
        this.place = place;
    }

    @Override
    public void configure() {
        from("direct:publish-backup")
                .routeId("publish-backup")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupRun.class, place::publish)
                .log("published backup ${body.label}");
    }
}
