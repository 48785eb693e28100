package restore;

import dolmen.model.RestoreRun;
import java.util.function.ToLongFunction;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Fetches the ranges of the archives that hold the files, where the backup lies in the bucket. */
public final class FetchDatasources extends RouteBuilder {
    private final ToLongFunction<RestoreRun> fetch;

    /** {@code fetch} returns the bytes that it fetched. */
    public FetchDatasources(ToLongFunction<RestoreRun> fetch) {
        this.fetch = fetch;
    }

    @Override
    public void configure() {
        from("direct:fetch-datasources")
                .routeId("fetch-datasources")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::fetch);
    }

    private RestoreRun fetch(RestoreRun restore) {
        long bytes = fetch.applyAsLong(restore);
        return bytes == 0 ? restore : restore.tell("fetched from the bucket: " + bytes + " bytes of its archives");
    }
}
