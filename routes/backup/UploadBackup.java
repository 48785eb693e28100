package backup;

import dolmen.catalog.Catalog;
import dolmen.model.BackupRun;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.pipeline.RemoteCatalog;
import dolmen.pipeline.RemoteCatalog.Uploaded;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Uploads the published backup, where a bucket is set; what an earlier attempt sent is not sent again. */
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
        RemoteCatalog bucket = remote.orElseThrow();
        Uploaded uploaded = send(backup, bucket);
        log.info("uploaded {} of {} bytes to {}", uploaded.sent(), uploaded.bytes(), bucket.place());
        return backup.tell(
                "uploaded to " + bucket.place() + ": " + uploaded.sent() + " bytes were sent, all read back");
    }

    private Uploaded send(BackupRun backup, RemoteCatalog bucket) {
        String here = "backup " + backup.label() + " is published here, but not uploaded: ";
        String goOn = " `dolmen upload " + backup.label() + "` goes on with it.";
        try {
            return bucket.upload(catalog.find(backup.label()), catalog.folder());
        } catch (Unavailable failure) {
            throw new Unavailable(here + failure.getMessage(), failure.hint() + goOn, failure);
        } catch (Failed failure) {
            throw new Failed(here + failure.getMessage(), failure.hint() + goOn, failure);
        }
    }
}
