package verify;

import dolmen.catalog.FileCheck;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Checks that every file of a backup is there with its size and its sum; the archive's sum is checked as it is read. */
public final class CheckFiles extends RouteBuilder {
    private final Supplier<Meter> meters;

    public CheckFiles(Supplier<Meter> meters) {
        this.meters = meters;
    }

    @Override
    public void configure() {
        from("direct:check-files")
                .routeId("check-files")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupContents.class, backup -> FileCheck.check(backup, meters.get()));
    }
}
