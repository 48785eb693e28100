package restore;

import dolmen.catalog.BackupFolders;
import dolmen.model.BackupContents;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Finds the backup and reads it whole; a damaged or incomplete one ends the restore before anything is changed. */
public final class SelectBackup extends RouteBuilder {
    private static final String ASKED = "dolmen.asked";

    private final BackupFolders folders;

    public SelectBackup(BackupFolders folders) {
        this.folders = folders;
    }

    @Override
    public void configure() {
        from("direct:select-backup")
                .routeId("select-backup")
                .routeConfigurationId(StepFailures.STEP)
                .setProperty(ASKED, body())
                .transform()
                .body(Run.class, run -> folders.find(run.request()))
                .to("direct:examine-backup")
                .process(exchange -> exchange.getMessage()
                        .setBody(RestoreRun.begin(
                                exchange.getProperty(ASKED, Run.class),
                                exchange.getMessage().getBody(BackupContents.class))))
                .log("selected ${body.source.name}: whole, nothing missing");
    }
}
