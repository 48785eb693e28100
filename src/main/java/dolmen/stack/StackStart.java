package dolmen.stack;

import dolmen.model.RunMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Starts what does not run of a stack, and notes it in the ledger of started services. */
public final class StackStart {
    private final StackServices services;
    private final StoppedServices stopped;
    private final StartedServices started;
    private final BooleanSupplier metadataAnswers;

    /** {@code metadataAnswers} asks the metadata store itself: on a local machine it may run although no service of that name does. */
    public StackStart(
            StackServices services, StoppedServices stopped, StartedServices started, BooleanSupplier metadataAnswers) {
        this.services = services;
        this.stopped = stopped;
        this.started = started;
        this.metadataAnswers = metadataAnswers;
    }

    /** Starts the service of the metadata store where it does not run. True when it was started. */
    public boolean metadata(RunMark run) {
        return !metadataElsewhere() && started.startForRun(run, services.metadata());
    }

    /** Starts what the run had stopped, and nothing else. Returns the services that stay down. */
    public List<String> onlyStopped(RunMark run, boolean withMetabase) {
        stopped.startAll(run);
        List<String> all = new ArrayList<>(services.below());
        all.remove(services.metadata());
        all.addAll(services.above(withMetabase));
        return services.down(all);
    }

    /** Starts what the run had stopped and what was down before, each service after those that it needs. Returns all that was down before. */
    public List<String> everything(RunMark run, boolean withMetabase) {
        List<String> all = new ArrayList<>(services.below());
        if (metadataElsewhere()) {
            all.remove(services.metadata());
        }
        all.addAll(services.above(withMetabase));
        for (String service : all) {
            stopped.start(run, service);
            started.startForRun(run, service);
        }
        stopped.startAll(run);
        return started.listed().stream()
                .filter(entry -> entry.run().equals(run))
                .map(StartedService::service)
                .toList();
    }

    private boolean metadataElsewhere() {
        boolean local = services.host()
                .find(services.metadata())
                .map(found -> !found.isContainer() && !found.running())
                .orElse(false);
        return local && metadataAnswers.getAsBoolean();
    }
}
