package dolmen.deepstorage.local;

import dolmen.model.StepFailure.Failed;
import dolmen.stack.Host;
import dolmen.stack.memory.MemoryHost;
import dolmen.stack.memory.MemoryService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;

/** The one container of a stack, with a temporary folder as its root, and what is odd about it and its engine. */
final class Historical {
    final Path root;
    final MemoryHost host;
    final MemoryService service;
    boolean seesStaging = true;
    /** Whether the engine is on another machine, whose containers do not have the files of this one. */
    boolean remote;
    /** What every script begins with. */
    String preamble = "";

    int cutAt = Integer.MAX_VALUE;

    Historical(Path root) {
        this.root = root;
        host = new MemoryHost(root, "/opt");
        host.scripts = script -> (seesStaging ? "" : Host.FOLDER + "=/none\n") + preamble + script;
        host.archives = this::cut;
        host.before = call -> {
            if (remote && call.startsWith("read ")) {
                throw new Failed("no such path", "It is a test.", new NoSuchFileException("none"));
            }
        };
        service = host.service("historical");
        service.running = false;
        service.id = "c0ffee";
        service.image = "druid";
        service.user = "druid";
        service.project = Optional.of("stack");
    }

    private InputStream cut(InputStream archive) {
        try {
            return BoundedInputStream.builder()
                    .setInputStream(archive)
                    .setMaxCount(cutAt)
                    .get();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
