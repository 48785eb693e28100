package dolmen.metabase.h2;

import dolmen.model.Secret;
import dolmen.settings.StackSettings;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import dolmen.stack.local.LocalHost;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * This machine as a stack whose one service is a thread of the test that keeps writing to an H2 database; environment,
 * image and mounts are what a test says, and scripts can be altered to break off. Closing it ends the thread.
 */
public final class LocalStack implements Host, AutoCloseable {
    public final List<String> calls = new ArrayList<>();
    public Map<String, Secret> environment = Map.of();
    String image = "metabase/metabase:v0.49.3";
    public List<Mount> mounts = List.of(new Mount("/", Path.of("/"), Optional.empty()));
    UnaryOperator<String> scripts = script -> script;
    UnaryOperator<InputStream> archives = archive -> archive;
    public boolean exists = true;

    private final LocalHost local = new LocalHost(new StackSettings(
            StackSettings.Kind.LOCAL,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(20),
            "unix:///var/run/docker.sock",
            Optional.empty()));
    private final Path database;
    private volatile Thread writer;
    private volatile boolean running;
    private volatile long written;
    private volatile Exception trouble;

    public LocalStack(Path database) {
        this.database = database;
    }

    /** The number of rows that were written since the last start. */
    long written() {
        return written;
    }

    /** Why the writer gave up, if it did. */
    Exception trouble() {
        return trouble;
    }

    boolean running() {
        return running;
    }

    @Override
    public Optional<Service> find(String service) {
        return exists
                ? Optional.of(new Service(service, "id", image, running, environment, mounts, "root", Optional.empty()))
                : Optional.empty();
    }

    @Override
    public synchronized void stop(String service) {
        calls.add("stop");
        close();
    }

    @Override
    public synchronized void close() {
        running = false;
        if (writer != null) {
            join();
        }
    }

    @Override
    public synchronized void start(String service) {
        calls.add("start");
        running = true;
        written = 0;
        writer = new Thread(this::write);
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        return local.run(service, command, stdout);
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        return local.runWithFile(service, file, command, stdout);
    }

    @Override
    public InputStream readArchive(String service, String path) {
        return archives.apply(local.readArchive(service, path));
    }

    @Override
    public void writeArchive(String service, String folder, InputStream tar) {
        local.writeArchive(service, folder, tar);
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> folder) {
        return local.runBeside(service, scripts.apply(script), folder);
    }

    private void write() {
        try (Connection connection = H2Fixture.open(database)) {
            while (running) {
                H2Fixture.insert(connection);
                written = written + 1;
            }
        } catch (SQLException broken) {
            trouble = broken;
        }
    }

    private void join() {
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
