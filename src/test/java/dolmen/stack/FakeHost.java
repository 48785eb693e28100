package dolmen.stack;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A host whose services are files in a folder (present: running), so that another process can look at them. */
public final class FakeHost implements Host {
    final Set<String> failing = new ConcurrentSkipListSet<>();
    final Set<String> unreachable = new ConcurrentSkipListSet<>();
    public final List<String> calls = new ArrayList<>();
    public final List<String> companions = new ArrayList<>();
    public final Map<String, String> ids = new HashMap<>();
    public Runnable beforeStop = () -> {};
    public Runnable afterStop = () -> {};
    public Runnable beforeStart = () -> {};
    private final Path folder;

    public FakeHost(Path folder) {
        this.folder = folder;
    }

    public void running(String service) {
        write(service, "running");
    }

    public void stopped(String service) {
        write(service, "stopped");
    }

    @Override
    public Optional<Service> find(String service) {
        if (!Files.exists(folder.resolve(service))) {
            return Optional.empty();
        }
        return Optional.of(new Service(
                service,
                ids.getOrDefault(service, ""),
                "",
                read(service).equals("running"),
                Map.of(),
                List.of(),
                "root",
                Optional.empty()));
    }

    @Override
    public synchronized void stop(String service) {
        calls.add("stop " + service);
        require(service);
        beforeStop.run();
        write(service, "stopped");
        afterStop.run();
    }

    @Override
    public synchronized void start(String service) {
        calls.add("start " + service);
        require(service);
        beforeStart.run();
        write(service, "running");
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream readArchive(String service, String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeArchive(String service, String target, InputStream tar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> companions(String service) {
        return List.copyOf(companions);
    }

    private void require(String service) {
        if (failing.contains(service)) {
            throw new StepFailure.Failed(service + " is paused", "Unpause it.");
        }
        if (unreachable.contains(service)) {
            throw new StepFailure.Unavailable("the engine does not answer", "Is it up?");
        }
    }

    private String read(String service) {
        try {
            return Files.readString(folder.resolve(service));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void write(String service, String state) {
        try {
            Files.writeString(
                    folder.resolve(service), state, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
