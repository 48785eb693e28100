package dolmen.stack.local;

import dolmen.model.StepFailure;
import dolmen.settings.StackSettings;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.LocalProgram;
import dolmen.stack.Mark;
import dolmen.stack.Mount;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack on this machine: services stop and start by the configured commands, run by {@code sh -c} and bounded by the
 * stop limit; programs run here; the whole file system counts as one mount. Without
 * {@code dolmen.stack.running-command} a service is taken for running unless this process has stopped it.
 */
public final class LocalHost implements Host {
    private static final Logger LOG = LoggerFactory.getLogger(LocalHost.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]*");
    private static final Mount EVERYTHING = new Mount("/", Path.of("/"), Optional.empty());

    private final StackSettings settings;
    private final Mark mark;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    public LocalHost(StackSettings settings) {
        this(settings, Mark.NONE);
    }

    /** Marks the programs that it runs, but not commands that start or stop a service: a service that they leave running must not be ended. */
    public LocalHost(StackSettings settings, Mark mark) {
        this.settings = settings;
        this.mark = mark;
    }

    @Override
    public Optional<Service> find(String service) {
        return Optional.of(new Service(
                service,
                "",
                "",
                running(service),
                Map.of(),
                List.of(EVERYTHING),
                System.getProperty("user.name"),
                Optional.empty()));
    }

    @Override
    public Optional<String> whyNotRestarted() {
        if (settings.stopCommand().isPresent() && settings.startCommand().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                "dolmen.stack." + (settings.stopCommand().isEmpty() ? "stop" : "start") + "-command is not set");
    }

    @Override
    public void stop(String service) {
        require(service, "stop", settings.stopCommand());
        if (settings.runningCommand().isPresent() && running(service)) {
            throw new StepFailure.Failed(
                    service + " still runs after it was stopped", "Check dolmen.stack.stop-command by hand.");
        }
        stopped.add(service);
        LOG.info("stopped {}", service);
    }

    @Override
    public void start(String service) {
        require(service, "start", settings.startCommand());
        stopped.remove(service);
        LOG.info("started {}", service);
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        Map<String, String> environment = new HashMap<>();
        command.environment().forEach((name, secret) -> environment.put(name, secret.reveal()));
        environment.put(Mark.VARIABLE, mark.word());
        return new LocalProgram(command.arguments(), environment, Optional.of(command.limit())).run(stdout);
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        return run(service, command.with(file.toAbsolutePath().toString()), stdout);
    }

    @Override
    public InputStream readArchive(String service, String path) {
        Path root = Path.of(path);
        if (!Files.exists(root)) {
            throw new StepFailure.Failed(
                    "there is no " + path, "Check the path, as the service sees it.", new NoSuchFileException(path));
        }
        return LocalTar.read(root);
    }

    @Override
    public void writeArchive(String service, String folder, InputStream tar) {
        LocalTar.write(Path.of(folder), tar);
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> folder) {
        Map<String, String> environment = new HashMap<>(Map.of(Mark.VARIABLE, mark.word()));
        folder.ifPresent(path -> environment.put(FOLDER, path.toAbsolutePath().toString()));
        return new LocalProgram(List.of("/bin/sh", "-c", script), environment, Optional.empty())
                .run(OutputStream.nullOutputStream());
    }

    @Override
    public List<String> endPrograms(String service) {
        return new LocalLeftovers(mark.ofRuns()).end();
    }

    @Override
    public Mark mark() {
        return mark;
    }

    private boolean running(String service) {
        return settings.runningCommand()
                .map(command -> shell(service, command).succeeded())
                .orElse(!stopped.contains(service));
    }

    private void require(String service, String verb, Optional<String> command) {
        String configured = command.orElseThrow(() -> new StepFailure.Failed(
                "cannot " + verb + " " + service + ": dolmen.stack." + verb + "-command is not set",
                "Set it, for instance to: systemctl " + verb + " {service}"));
        Outcome outcome = shell(service, configured);
        if (!outcome.succeeded()) {
            throw new StepFailure.Failed(
                    "cannot " + verb + " " + service + ": dolmen.stack." + verb + "-command ended with "
                            + outcome.exitStatus() + ": " + outcome.stderr(),
                    "Run the command by hand and see what it says.");
        }
    }

    private Outcome shell(String service, String command) {
        if (!NAME.matcher(service).matches()) {
            throw new StepFailure.Unusable(
                    "not a name of a service: '" + service + "'",
                    "Use letters, digits, '.', '_', '@' and '-' only: the name becomes part of a command.");
        }
        return new LocalProgram(
                        List.of("/bin/sh", "-c", command.replace("{service}", service)),
                        Map.of(),
                        Optional.of(settings.stopLimit()))
                .runAndLeave(mark.temporaryNow());
    }
}
