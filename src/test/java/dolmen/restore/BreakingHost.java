package dolmen.restore;

import dolmen.model.StepFailure.Failed;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A real host that breaks off for good after a number of calls that do something. */
final class BreakingHost implements Host {
    static final String MESSAGE = "broken off by the test";

    private final Host host;
    private int left;

    BreakingHost(Host host, int calls) {
        this.host = host;
        this.left = calls;
    }

    private void count() {
        if (left-- <= 0) {
            throw new Failed(MESSAGE, "None.");
        }
    }

    @Override
    public Optional<Service> find(String service) {
        return host.find(service);
    }

    @Override
    public void stop(String service) {
        count();
        host.stop(service);
    }

    @Override
    public void start(String service) {
        count();
        host.start(service);
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        count();
        return host.run(service, command, stdout);
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        count();
        return host.runWithFile(service, file, command, stdout);
    }

    @Override
    public InputStream readArchive(String service, String path) {
        count();
        return host.readArchive(service, path);
    }

    @Override
    public void writeArchive(String service, String folder, InputStream tar) {
        count();
        host.writeArchive(service, folder, tar);
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> folder) {
        count();
        return host.runBeside(service, script, folder);
    }
}
