package backup;

import dolmen.catalog.Catalog;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.pipeline.RemoteCatalog;
import dolmen.pipeline.RemoteCatalog.Uploaded;
import dolmen.pipeline.Unsent;
import java.util.List;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Uploads the published backup and those before it whose upload failed, where a bucket is set; what was sent is not sent again. */
public final class UploadBackup extends RouteBuilder {
    private final Catalog catalog;
    private final Optional<RemoteCatalog> remote;

    public UploadBackup(Catalog catalog, Optional<RemoteCatalog> remote) {
        this.catalog = catalog;
        this.remote = remote;
    }

    @Override
    public void configure() {
        from("direct:upload-backup")
                .routeId("upload-backup")
                .routeConfigurationId(StepFailures.STEP)
                .filter(exchange -> remote.isPresent())
                .transform()
                .body(BackupRun.class, this::upload);
    }

    private BackupRun upload(BackupRun backup) {
        String here = "backup " + backup.label() + " is published here, but not uploaded: ";
        String goOn = " The next backup goes on with it, or `dolmen upload " + backup.label() + "`.";
        try {
            return send(backup, remote.orElseThrow());
        } catch (Unavailable failure) {
            throw new Unavailable(here + failure.getMessage(), failure.hint() + goOn, failure);
        } catch (Failed failure) {
            throw new Failed(here + failure.getMessage(), failure.hint() + goOn, failure);
        }
    }

    private BackupRun send(BackupRun backup, RemoteCatalog bucket) {
        List<Label> here = catalog.labels().stream()
                .filter(label -> label.compareTo(backup.label()) <= 0)
                .toList();
        BackupRun told = backup;
        for (Label label : Unsent.of(here, bucket.labels(), catalog.ahead())) {
            Uploaded uploaded = bucket.upload(catalog.find(label), catalog.folder());
            log.info("uploaded {} of {} bytes of {} to {}", uploaded.sent(), uploaded.bytes(), label, bucket.place());
            told = told.tell("uploaded " + label + " to " + bucket.place() + ": " + uploaded.sent()
                    + " bytes were sent, all read back");
        }
        return told;
    }
}
