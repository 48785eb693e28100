package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import dolmen.model.StepFailure;
import dolmen.settings.StackSettings;
import dolmen.stack.Command;
import dolmen.stack.Engine;
import dolmen.stack.EngineAddress;
import dolmen.stack.FoundContainer;
import dolmen.stack.Host;
import dolmen.stack.Mark;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack in Docker containers. What concerns whole containers goes through {@link Containers}; programs in them,
 * archives and the search for them through the same docker-java client. Containers must hold {@code /bin/sh}.
 */
public final class DockerHost implements Host, Engine {
    private static final Logger LOG = LoggerFactory.getLogger(DockerHost.class);

    private final Mark mark;
    private final EngineAddress address;
    private final Duration stopLimit;
    private final DockerClient client;
    private final Containers containers;
    private final EngineFailures failures;
    private final ContainerFinder finder;
    private final ContainerPrograms programs;
    private final ContainerFiles files;
    private final OwnMounts own;
    private final ThrowAwayRuns throwAways;

    /** By the mark this Dolmen's programs and throw-away containers are told from those of others. */
    public DockerHost(StackSettings settings, Mark mark, DockerClient client, Containers containers) {
        this.mark = mark;
        this.address = EngineAddress.of(settings);
        this.stopLimit = settings.stopLimit();
        this.client = client;
        this.containers = containers;
        this.failures = new EngineFailures(address);
        this.finder = new ContainerFinder(settings.project(), client, containers, failures);
        this.programs = new ContainerPrograms(client, failures, mark);
        this.files = new ContainerFiles(client, programs, failures, mark);
        this.own = new OwnMounts(Path.of("/proc/self/mountinfo"), containers, failures);
        this.throwAways = new ThrowAwayRuns(mark.owner(), client, containers, failures);
    }

    /**
     * Asks the engine for its version, to be shown once at the start. Throws {@code Failed} when the socket is missing
     * or not allowed, {@code Unavailable} when nothing answers.
     */
    @Override
    public String describe() {
        address.requireUsable();
        Version version =
                failures.call("ask for its version", () -> client.versionCmd().exec());
        Info info = failures.call("ask for its name", () -> client.infoCmd().exec());
        return "Docker " + version.getVersion() + " (API " + version.getApiVersion() + ") on " + info.getName() + " at "
                + address;
    }

    @Override
    public EngineAddress address() {
        return address;
    }

    @Override
    public Optional<Engine> engine() {
        return Optional.of(this);
    }

    @Override
    public Instant time() {
        Info info = failures.call("ask for its time", () -> client.infoCmd().exec());
        return OffsetDateTime.parse(String.valueOf(info.getRawValues().get("SystemTime")))
                .toInstant();
    }

    @Override
    public List<FoundContainer> containers() {
        address.requireUsable();
        return new EngineScan(client, containers, failures).all();
    }

    @Override
    public Optional<String> text(FoundContainer container, String path) {
        return SmallFile.text(path + " of " + container.name(), () -> files.read(container.service(), path));
    }

    @Override
    public Optional<Service> find(String service) {
        return finder.find(service).map(container -> own.seen(ContainerFinder.service(service, container)));
    }

    @Override
    public void stop(String service) {
        InspectContainerResponse container = finder.require(service);
        requireNotPaused(service, container, "stopped");
        failures.run("stop " + service, () -> containers.stop(container.getId(), stopLimit));
        InspectContainerResponse after =
                failures.call("see whether " + service + " stopped", () -> containers.inspect(container.getId()));
        if (Boolean.TRUE.equals(after.getState().getRunning())) {
            throw new StepFailure.Failed(
                    service + " still runs after it was stopped",
                    "Does something else start it again? Look at 'docker ps'.");
        }
        LOG.info("stopped {} (container {})", service, after.getName().substring(1));
    }

    @Override
    public void start(String service) {
        InspectContainerResponse container = finder.require(service);
        requireNotPaused(service, container, "started");
        failures.run("start " + service, () -> containers.start(container.getId()));
        LOG.info("started {} (container {})", service, container.getName().substring(1));
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        return programs.run(running(service), command, stdout);
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        return files.runWithFile(running(service), file, command, stdout);
    }

    @Override
    public InputStream readArchive(String service, String path) {
        return files.read(existing(service), path);
    }

    @Override
    public void writeArchive(String service, String folder, InputStream tar) {
        files.write(existing(service), folder, tar);
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> folder) {
        InspectContainerResponse container = finder.require(service);
        return throwAways.run(service, container, script, folder);
    }

    @Override
    public List<String> removeLeftovers() {
        List<String> names = failures.call(
                "look for leftovers", () -> finder.leftovers(mark.owner().get()));
        names.forEach(name -> failures.run("remove " + name, () -> containers.remove(name)));
        return names;
    }

    /** In a container that does not run nothing is left. */
    @Override
    public List<String> endPrograms(String service) {
        return find(service).filter(Service::running).isPresent() ? files.endLeftovers(running(service)) : List.of();
    }

    @Override
    public Mark mark() {
        return mark;
    }

    private Service existing(String service) {
        return ContainerFinder.service(service, finder.require(service));
    }

    private Service running(String service) {
        InspectContainerResponse container = finder.require(service);
        requireNotPaused(service, container, "used");
        if (Boolean.TRUE.equals(container.getState().getRestarting())) {
            throw new StepFailure.Unavailable(
                    service + " is restarting", "Does it fail again and again? Look at its log: 'docker logs'.");
        }
        if (!Boolean.TRUE.equals(container.getState().getRunning())) {
            throw new StepFailure.Failed(
                    service + " is not running (" + container.getState().getStatus() + ")",
                    "Start it: docker start " + container.getName().substring(1));
        }
        return ContainerFinder.service(service, container);
    }

    private static void requireNotPaused(String service, InspectContainerResponse container, String what) {
        if (Boolean.TRUE.equals(container.getState().getPaused())) {
            throw new StepFailure.Failed(
                    service + " is paused and cannot be " + what,
                    "Unpause it: docker unpause " + container.getName().substring(1));
        }
    }

    @Override
    public List<String> companions(String service) {
        return finder.companions(service);
    }
}
