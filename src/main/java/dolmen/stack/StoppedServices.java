package dolmen.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import dolmen.model.Json;
import dolmen.model.Newer;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of services that runs have stopped: written and synced before a service stops, struck only after it was
 * started again, so that neither an error nor kill -9 leaves one stopped for good. A service that did not run is not
 * taken in and stays as it was. Safe for threads; other processes are kept out by the lock that every run holds.
 */
public final class StoppedServices {
    private static final Logger log = LoggerFactory.getLogger(StoppedServices.class);
    private static final TypeReference<List<StoppedService>> LEDGER = new TypeReference<>() {};

    private final Host host;
    private final Path ledger;

    /** The ledger is {@code stopped-services.json} in the state folder. */
    public StoppedServices(Host host, Path stateFolder) {
        this.host = host;
        this.ledger = stateFolder.resolve("stopped-services.json");
    }

    /**
     * Stops the service for this run. Returns false, and does nothing, when it did not run or this run stopped it
     * already. Throws {@code Failed} when there is no such service.
     */
    public synchronized boolean stopForRun(String run, String service) {
        if (!running(service)) {
            log.info("{} did not run and was left as it is", service);
            return false;
        }
        List<StoppedService> before = read();
        List<StoppedService> after = new ArrayList<>(before);
        after.removeIf(entry -> entry.service().equals(service));
        after.add(new StoppedService(run, service, Instant.now()));
        write(after);
        try {
            host.stop(service);
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
    public synchronized void stopAllThere(String run, List<String> services) {
        services.stream()
                .filter(service -> host.find(service).isPresent())
                .forEach(service -> stopForRun(run, service));
    }

    /** Starts one service that this run stopped; nothing when it is not listed. */
    public synchronized void start(String run, String service) {
        startWhere(entry -> entry.run().equals(run) && entry.service().equals(service));
    }

    /** Starts all that this run stopped, last stopped first. Errors are joined; what failed stays listed. */
    public synchronized void startAll(String run) {
        startWhere(entry -> entry.run().equals(run));
    }

    /**
     * Starts all that is listed, but for what these runs stopped: they have changed the stack half-way, and no service
     * may run on that. For the holder of the lock only.
     */
    public synchronized void startAllBut(Set<String> runs) {
        startWhere(entry -> !runs.contains(entry.run()));
    }

    /** What is listed now, in the order in which it was stopped. */
    public synchronized List<StoppedService> listed() {
        return List.copyOf(read());
    }

    private boolean running(String service) {
        return host.find(service)
                .orElseThrow(() -> new StepFailure.Failed(
                        "there is no service '" + service + "' to stop",
                        "Name the services as the stack names them, in dolmen.stack.services."))
                .running();
    }

    private void startWhere(Predicate<StoppedService> chosen) {
        List<StoppedService> newestFirst = new ArrayList<>(read());
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
            Uninterrupted.run(() -> host.start(entry.service()));
            forget(entry.service());
        } catch (RuntimeException failed) {
            log.error("could not start {}, stopped {} by run {}", entry.service(), entry.stopped(), entry.run());
            failures.add(failed);
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

    private void forget(String service) {
        List<StoppedService> left = new ArrayList<>(read());
        left.removeIf(entry -> entry.service().equals(service));
        write(left);
    }

    private List<StoppedService> read() {
        try {
            return Files.exists(ledger) ? Json.MAPPER.readValue(ledger.toFile(), LEDGER) : List.of();
        } catch (IOException unreadable) {
            throw new StepFailure.Failed(
                    "cannot read the ledger of stopped services " + ledger + ": "
                            + Newer.in(unreadable).orElseGet(unreadable::getMessage),
                    Newer.in(unreadable).isPresent()
                            ? Newer.HINT
                            : "Start what should run by hand, then remove the file.",
                    unreadable);
        }
    }

    private void write(List<StoppedService> entries) {
        Path part = ledger.resolveSibling(ledger.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            try (FileChannel file = FileChannel.open(
                    part,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(entries));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(part, ledger, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(ledger.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException unwritable) {
            throw new StepFailure.Failed(
                    "cannot write the ledger of stopped services " + ledger + ": " + unwritable.getMessage(),
                    "Nothing was stopped. Is the disk full, or does the folder belong to somebody else?",
                    unwritable);
        }
    }
}
