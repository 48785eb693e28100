package restore;

import dolmen.model.RestoreRun;
import dolmen.stack.Host;
import dolmen.stack.StoppedServices;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Starts the services that were stopped; of a stack that was created for this restore, all of them. */
public final class StartServices extends RouteBuilder {
    private final StoppedServices ledger;
    private final Host host;
    private final String postgres;

    public StartServices(StoppedServices ledger, Host host, String postgres) {
        this.ledger = ledger;
        this.host = host;
        this.postgres = postgres;
    }

    @Override
    public void configure() {
        from("direct:start-services")
                .routeId("start-services")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::start)
                .log("started the services");
    }

    private RestoreRun start(RestoreRun restore) {
        if (restore.fresh()) {
            host.companions(postgres).forEach(host::start);
        }
        ledger.startAll(restore.run().mark());
        return restore;
    }
}
