package verify;

import dolmen.examination.ArchiveExamination;
import dolmen.model.BackupContents;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reads the segment archive from end to end, and proves that the backup holds every segment that the dump uses. */
public final class ReadArchive extends RouteBuilder {
    private final ArchiveExamination archives;

    public ReadArchive(ArchiveExamination archives) {
        this.archives = archives;
    }

    @Override
    public void configure() {
        from("direct:read-archive")
                .routeId("read-archive")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupContents.class, archives::examine);
    }
}
