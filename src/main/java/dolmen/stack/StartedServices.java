package dolmen.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of services that were down and that a run has started: an entry is written and synced before a service starts, and removed
 * when the service may stay up, or after it was stopped again. So a run that fails or is killed leaves down what was down. Safe
 * for threads; other processes are kept out by the lock that every run holds.
 */
public final class StartedServices {
    private static final Logger LOG = LoggerFactory.getLogger(StartedServices.class);

    private final Host host;
    private final LedgerFile<StartedService> ledger;

    /** The ledger is {@code started-services.json} in the state folder. */
    public StartedServices(Host host, Path stateFolder) {
        this.host = host;
        this.ledger = new LedgerFile<>(
                stateFolder.resolve("started-services.json"),
                new TypeReference<>() {},
                "the ledger of started services",
                "Stop what should not run by hand, then remove the file.");
    }

    /**
     * Starts the service for this run. Returns false, and does nothing, when it runs or there is no such service.
     * Throws {@code Failed} when it cannot be started; it stays listed then.
     */
    public synchronized boolean startForRun(RunMark run, String service) {
        if (host.find(service).map(Service::running).orElse(true)) {
            return false;
        }
        List<StartedService> entries = new ArrayList<>(ledger.read());
        entries.removeIf(entry -> entry.service().equals(service));
        entries.add(new StartedService(run, service, Instant.now()));
        ledger.write(entries);
        host.start(service);
        return true;
    }

    /** What this run started may stay up. */
    public synchronized void keepAll(RunMark run) {
        remove(entry -> entry.run().equals(run));
    }

    /** Stops all that this run started but for this service, last started first. Errors are joined; what failed stays listed. */
    public synchronized void stopAllBut(RunMark run, String service) {
        stopWhere(entry -> entry.run().equals(run) && !entry.service().equals(service));
    }

    /** Stops all that this run started, last started first. Errors are joined; what failed stays listed. */
    public synchronized void stopAll(RunMark run) {
        stopWhere(entry -> entry.run().equals(run));
    }

    /** Stops all that is listed, but for what these runs started: they are not at their end. For the holder of the lock only. */
    public synchronized void stopAllOfOthers(Set<RunMark> runs) {
        ledger.removeUnfinished();
        stopWhere(entry -> !runs.contains(entry.run()));
    }

    /** What is listed now, in the order in which it was started. */
    public synchronized List<StartedService> listed() {
        return List.copyOf(ledger.read());
    }

    private void stopWhere(Predicate<StartedService> chosen) {
        List<StartedService> newestFirst =
                new ArrayList<>(ledger.read().stream().filter(chosen).toList());
        Collections.reverse(newestFirst);
        List<RuntimeException> failures = new ArrayList<>();
        newestFirst.forEach(entry -> stopOne(entry, failures));
        if (failures.isEmpty()) {
            return;
        }
        RuntimeException first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        throw first;
    }

    private void stopOne(StartedService entry, List<RuntimeException> failures) {
        try {
            Uninterrupted.run(() -> host.stop(entry.service()));
            forget(entry);
        } catch (RuntimeException failed) {
            LOG.error("could not stop {}, started {} by run {}", entry.service(), entry.started(), entry.run());
            failures.add(failed);
        }
    }

    /** An entry that cannot be removed does no harm: the service is stopped once more, which is repeatable. */
    private void forget(StartedService entry) {
        try {
            remove(entry::equals);
        } catch (StepFailure unwritable) {
            LOG.error("{} is stopped, but stays listed as started: {}", entry.service(), unwritable.getMessage());
        }
    }

    private void remove(Predicate<StartedService> chosen) {
        List<StartedService> left = new ArrayList<>(ledger.read());
        if (left.removeIf(chosen)) {
            ledger.write(left);
        }
    }
}
