package restore;

import dolmen.catalog.BackupFetch;
import dolmen.model.Run;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Fetches the backup from the bucket, where one is set and the catalog does not have the backup. */
public final class FetchBackup extends RouteBuilder {
    private final Optional<BackupFetch> bucket;

    public FetchBackup(Optional<BackupFetch> bucket) {
        this.bucket = bucket;
    }

    @Override
    public void configure() {
        from("direct:fetch-backup")
                .routeId("fetch-backup")
                .routeConfigurationId(StepFailures.STEP)
                .filter(exchange -> bucket.isPresent())
                .process(exchange -> bucket.get()
                        .fetchWanted(exchange.getMessage().getBody(Run.class).request()));
    }
}
