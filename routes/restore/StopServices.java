package restore;

import dolmen.model.RestoreRun;
import dolmen.stack.StoppedServices;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Stops Druid's services; the ledger remembers those that ran, on disk, before they are stopped. */
public final class StopServices extends RouteBuilder {
    private final StoppedServices ledger;
    private final List<String> services;
    private final String metabase;

    public StopServices(StoppedServices ledger, List<String> services, String metabase) {
        this.metabase = metabase;
        this.ledger = ledger;
        this.services = List.copyOf(services);
    }

    @Override
    public void configure() {
        from("direct:stop-services")
                .routeId("stop-services")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::stop)
                .log("stopped the services");
    }

    private RestoreRun stop(RestoreRun restore) {
        services.forEach(service -> ledger.stopForRun(restore.run().mark(), service));
        if (restore.withMetabase()) {
            ledger.stopForRun(restore.run().mark(), metabase);
        }
        return restore;
    }
}
