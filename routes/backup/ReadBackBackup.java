package backup;

import dolmen.catalog.Catalog;
import dolmen.model.BackupContents;
import dolmen.model.BackupRun;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import shared.StepFailures;

/** Reads what was written back from disk, as `dolmen verify` does, before it may be published. */
public final class ReadBackBackup extends RouteBuilder {
    private final Catalog catalog;
    private final boolean wanted;

    public ReadBackBackup(Catalog catalog, boolean wanted) {
        this.catalog = catalog;
        this.wanted = wanted;
    }

    @Override
    public void configure() {
        from("direct:read-back-backup")
                .routeId("read-back-backup")
                .routeConfigurationId(StepFailures.STEP)
                .filter(exchange -> wanted)
                .claimCheck(ClaimCheckOperation.Push)
                .transform()
                .body(BackupRun.class, this::written)
                .to("direct:examine-backup")
                .log("read back ${body.files} files, ${body.bytes} bytes")
                .claimCheck(ClaimCheckOperation.Pop);
    }

    private BackupContents written(BackupRun backup) {
        return BackupContents.written(backup.staging(), catalog.folder(), Catalog.manifestIn(backup.staging()));
    }
}
