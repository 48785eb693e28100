package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import dolmen.stack.StoppedServices;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops Druid's services; the ledger remembers those that ran, on disk, before they are stopped. */
public final class StopServices implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(StopServices.class);

    private final StoppedServices ledger;
    private final List<String> services;
    private final String metabase;

    public StopServices(StoppedServices ledger, List<String> services, String metabase) {
        this.metabase = metabase;
        this.ledger = ledger;
        this.services = List.copyOf(services);
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.SERVICES_STOPPED);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = stop(restore);
        LOG.info("stopped the services");
        return done;
    }

    private RestoreRun stop(RestoreRun restore) {
        services.forEach(service -> ledger.stopForRun(restore.run().mark(), service));
        if (restore.withMetabase()) {
            ledger.stopForRun(restore.run().mark(), metabase);
        }
        return restore;
    }
}
