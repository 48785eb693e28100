package verify;

import dolmen.catalog.BackupFolders;
import dolmen.model.Run;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Finds the backup that a run is about: one of the catalog, or a folder with a script's files. */
public final class FindBackup extends RouteBuilder {
    private final BackupFolders folders;

    public FindBackup(BackupFolders folders) {
        this.folders = folders;
    }

    @Override
    public void configure() {
        from("direct:find-backup")
                .routeId("find-backup")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(Run.class, run -> folders.find(run.request()));
    }
}
