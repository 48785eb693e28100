package dolmen.stack.memory;

import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.stack.Command;
import dolmen.stack.Engine;
import dolmen.stack.Host;
import dolmen.stack.LocalProgram;
import dolmen.stack.Mark;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A host for tests, which say what breaks: services in memory, whose files lie in a folder here and whose programs run here. */
public final class MemoryHost implements Host {
    /** What plays the programs of the services. */
    @FunctionalInterface
    public interface Programs {
        Outcome run(Service service, Command command, OutputStream stdout);
    }

    /** Each stop and start, such as {@code stop router}. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    public final List<Command> commands = new CopyOnWriteArrayList<>();
    public final List<String> scriptsRun = new CopyOnWriteArrayList<>();
    public final List<String> companions = new CopyOnWriteArrayList<>();
    /** Services that are paused, so that no stop and no start of them succeeds. */
    public final Set<String> failing = new ConcurrentSkipListSet<>();
    /** Services whose engine does not answer a stop or a start. */
    public final Set<String> unreachable = new ConcurrentSkipListSet<>();
    /** Called before everything that is done, such as {@code stop router} or {@code read historical}; may throw. */
    public Consumer<String> before = call -> {};

    public Consumer<String> after = call -> {};
    public Programs programs = MemoryHost::runHere;
    /** What becomes of a script before it runs. */
    public UnaryOperator<String> scripts = UnaryOperator.identity();
    /** What becomes of an archive on its way out. */
    public UnaryOperator<InputStream> archives = UnaryOperator.identity();

    public Mark mark = Mark.NONE;

    private final SortedMap<String, MemoryService> services = new ConcurrentSkipListMap<>();
    private final MemoryFiles files;

    /** A host whose services have the files of this machine. */
    public MemoryHost() {
        this(Path.of("/"));
    }

    /** A host whose services see a folder of this machine as their root, and in their scripts just these of its folders. */
    public MemoryHost(Path root, String... folders) {
        this.files = new MemoryFiles(root, List.of(folders));
    }

    /** The service of this name, to be changed; one that was not there is made, and runs. */
    public MemoryService service(String name) {
        return services.computeIfAbsent(name, made -> new MemoryService());
    }

    public void running(String service) {
        service(service).running = true;
    }

    public void stopped(String service) {
        service(service).running = false;
    }

    /** The services that do not run. */
    public List<String> down() {
        return services.keySet().stream().filter(name -> !service(name).running).toList();
    }

    public void remove(String service) {
        services.remove(service);
    }

    /** Fails for good, with this message, before what comes after so many calls. */
    public void breakOff(int calls, String message) {
        int[] left = {calls};
        before = call -> {
            if (left[0]-- <= 0) {
                throw new Failed(message, "None.");
            }
        };
    }

    @Override
    public Optional<Service> find(String service) {
        return Optional.ofNullable(services.get(service)).map(found -> found.called(service));
    }

    @Override
    public synchronized void stop(String service) {
        move("stop", service, false);
    }

    @Override
    public synchronized void start(String service) {
        move("start", service, true);
    }

    private void move(String verb, String service, boolean running) {
        String call = verb + " " + service;
        calls.add(call);
        if (failing.contains(service)) {
            throw new Failed(service + " is paused", "Unpause it.");
        }
        if (unreachable.contains(service)) {
            throw new Unavailable("the engine does not answer", "Is it up?");
        }
        before.accept(call);
        require(service);
        service(service).running = running;
        after.accept(call);
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        before.accept("run " + service);
        commands.add(command);
        Outcome outcome = programs.run(require(service), command, stdout);
        after.accept("run " + service);
        return outcome;
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        return run(service, command.with(file.toAbsolutePath().toString()), stdout);
    }

    @Override
    public InputStream readArchive(String service, String path) {
        before.accept("read " + service);
        return archives.apply(files.read(path));
    }

    @Override
    public void writeArchive(String service, String folder, InputStream tar) {
        before.accept("write " + service);
        files.write(folder, tar);
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> folder) {
        before.accept("script " + service);
        scriptsRun.add(script);
        Map<String, String> environment = new HashMap<>();
        folder.ifPresent(path -> environment.put(FOLDER, path.toAbsolutePath().toString()));
        return new LocalProgram(
                        List.of("/bin/sh", "-c", scripts.apply(files.seenFromHere(script))),
                        environment,
                        Optional.empty())
                .run(OutputStream.nullOutputStream());
    }

    @Override
    public Mark mark() {
        return mark;
    }

    @Override
    public Optional<Engine> engine() {
        List<Service> containers = services.keySet().stream()
                .flatMap(name -> find(name).stream())
                .filter(Service::isContainer)
                .toList();
        return containers.isEmpty() ? Optional.empty() : Optional.of(new MemoryEngine(containers, files.root()));
    }

    @Override
    public List<String> companions(String service) {
        return List.copyOf(companions);
    }

    private Service require(String service) {
        return find(service).orElseThrow(() -> new Failed("there is no service '" + service + "'", "Check its name."));
    }

    private static Outcome runHere(Service service, Command command, OutputStream stdout) {
        Map<String, String> environment = new HashMap<>();
        service.environment().forEach((name, secret) -> environment.put(name, secret.reveal()));
        command.environment().forEach((name, secret) -> environment.put(name, secret.reveal()));
        return new LocalProgram(command.arguments(), environment, Optional.of(command.limit())).run(stdout);
    }
}
