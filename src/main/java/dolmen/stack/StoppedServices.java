package dolmen.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of services that runs have stopped: an entry is written and synced before a service stops, and removed only after it was
 * started again, so that neither an error nor kill -9 leaves one stopped for good. A service that did not run is not
 * taken in and stays as it was. Safe for threads; other processes are kept out by the lock that every run holds.
 */
public final class StoppedServices {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedServices.class);

    private final Host host;
    private final Set<RunId> backupsOfThisProcess = new HashSet<>();
    private final Set<String> knownStopped = new HashSet<>();
    private final LedgerFile<StoppedService> ledger;

    /** The ledger is {@code stopped-services.json} in the state folder. */
    public StoppedServices(Host host, Path stateFolder) {
        this.host = host;
        this.ledger = new LedgerFile<>(
                stateFolder.resolve("stopped-services.json"),
                new TypeReference<>() {},
                "the ledger of stopped services",
                "Start what should run by hand, then remove the file.");
    }

    /**
     * Stops the service for this run. Returns false, and does nothing, when it did not run or this run stopped it
     * already. Throws {@code Failed} when there is no such service.
     */
    public synchronized boolean stopForRun(RunMark run, String service) {
        return stop(StoppedService.byChange(run, service));
    }

    /** Stops the service for this backup, which changes nothing of it, so that it may be started at any time. Else as {@link #stopForRun}. */
    public synchronized boolean stopForBackup(RunId backup, String service) {
        backupsOfThisProcess.add(backup);
        return stop(StoppedService.byBackup(backup, service));
    }

    private boolean stop(StoppedService entry) {
        String service = entry.service();
        if (!running(service)) {
            LOG.info("{} did not run and was left as it is", service);
            return false;
        }
        List<StoppedService> after = new ArrayList<>(ledger.read());
        after.removeIf(listed -> listed.service().equals(service));
        after.add(entry);
        ledger.write(after);
        try {
            host.stop(service);
            knownStopped.add(service);
            return true;
        } catch (StepFailure failed) {
            // When the connection broke, the engine may still be stopping it: then it stays listed.
            if (!failed.mayPass()) {
                startAfter(service, failed);
            }
            throw failed;
        }
    }

    /** Stops those of the services that are there; one without a container does not run. */
    public synchronized void stopAllThere(RunMark run, List<String> services) {
        services.stream()
                .filter(service -> host.find(service).isPresent())
                .forEach(service -> stopForRun(run, service));
    }

    /** Starts one service that this run stopped; nothing when it is not listed. */
    public synchronized void start(RunMark run, String service) {
        startWhere(entry -> entry.isOf(run) && entry.service().equals(service));
    }

    /** Starts one service that this backup stopped; nothing when it is not listed. */
    public synchronized void start(RunId backup, String service) {
        startWhere(entry -> entry.isOf(backup) && entry.service().equals(service));
    }

    /** Starts all that this run stopped, last stopped first. Errors are joined; what failed stays listed. */
    public synchronized void startAll(RunMark run) {
        startWhere(entry -> entry.isOf(run));
    }

    /**
     * Starts all that is listed, but for what these runs stopped: they have changed the stack half-way, and no service
     * may run on that. For the holder of the lock only.
     */
    public synchronized void startAllBut(Set<RunMark> runs) {
        ledger.removeUnfinished();
        startWhere(entry -> runs.stream().noneMatch(entry::isOf));
    }

    /** Starts what backups of this process have stopped; what another process has stopped is that one's. */
    public synchronized void startAllOfBackupsHere() {
        startWhere(entry -> backupsOfThisProcess.stream().anyMatch(entry::isOf));
    }

    /** What is listed now, in the order in which it was stopped. */
    public synchronized List<StoppedService> listed() {
        return List.copyOf(ledger.read());
    }

    private boolean running(String service) {
        return host.find(service)
                .orElseThrow(() -> new StepFailure.Failed(
                        "there is no service '" + service + "' to stop",
                        "Name the services as the stack names them, in dolmen.stack.services."))
                .running();
    }

    private void startWhere(Predicate<StoppedService> chosen) {
        List<StoppedService> newestFirst = new ArrayList<>(ledger.read());
        Collections.reverse(newestFirst);
        List<RuntimeException> failures = new ArrayList<>();
        newestFirst.stream().filter(chosen).forEach(entry -> startOne(entry, failures));
        if (failures.isEmpty()) {
            return;
        }
        RuntimeException first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        throw first;
    }

    private void startOne(StoppedService entry, List<RuntimeException> failures) {
        try {
            Uninterrupted.run(() -> {
                awaitOpenStop(entry.service());
                host.start(entry.service());
            });
            forget(entry.service());
        } catch (RuntimeException failed) {
            LOG.error("could not start {}, stopped {} by run {}", entry.service(), entry.stopped(), entry.run());
            failures.add(failed);
        }
    }

    /**
     * An engine goes on with a stop whose caller was killed or lost the connection: a service that still runs would end
     * after it was found running. So a stop that is not known to have ended is asked for again, which waits for its end.
     */
    private void awaitOpenStop(String service) {
        boolean mayStillStop = !knownStopped.contains(service)
                && host.find(service).map(Service::running).orElse(false);
        if (!mayStillStop) {
            return;
        }
        try {
            host.stop(service);
        } catch (StepFailure.Failed refused) {
            LOG.warn("{} was not stopped again before its start: {}", service, refused.getMessage());
        }
    }

    private void startAfter(String service, StepFailure why) {
        try {
            host.start(service);
            forget(service);
        } catch (StepFailure stillStopping) {
            why.addSuppressed(stillStopping);
            forgetIfRunning(service, why);
        }
    }

    private void forgetIfRunning(String service, StepFailure why) {
        try {
            if (running(service)) {
                forget(service);
            }
        } catch (StepFailure unknown) {
            why.addSuppressed(unknown);
        }
    }

    /** An entry that cannot be removed does no harm: the service is started once more, which is repeatable. */
    private void forget(String service) {
        knownStopped.remove(service);
        List<StoppedService> left = new ArrayList<>(ledger.read());
        left.removeIf(entry -> entry.service().equals(service));
        try {
            ledger.write(left);
        } catch (StepFailure unwritable) {
            LOG.error("{} runs, but stays listed as stopped: {}", service, unwritable.getMessage());
        }
    }
}
