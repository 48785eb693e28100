package restore;

import dolmen.catalog.BackupFolders;
import dolmen.model.BackupContents;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import shared.Claims;
import shared.StepFailures;
import verify.ExamineBackup;

/** Finds the backup and reads all of it; a damaged or incomplete one ends the restore before anything is changed. */
public final class SelectBackup extends RouteBuilder {
    private final BackupFolders folders;

    public SelectBackup(BackupFolders folders) {
        this.folders = folders;
    }

    @Override
    public void configure() {
        from("direct:select-backup")
                .routeId("select-backup")
                .routeConfigurationId(StepFailures.STEP)
                .process(exchange -> exchange.setProperty(
                        ExamineBackup.WITHOUT_METABASE,
                        exchange.getMessage()
                                .getBody(Run.class)
                                .request()
                                .choice()
                                .skipMetabase()))
                .claimCheck(ClaimCheckOperation.Push)
                .transform()
                .body(Run.class, run -> folders.find(run.request()))
                .to("direct:examine-backup")
                .claimCheck()
                .operation(ClaimCheckOperation.Pop)
                .aggregationStrategy(Claims.with(Run.class, BackupContents.class, RestoreRun::begin))
                .log("selected ${body.source.name}: whole, nothing missing");
    }
}
