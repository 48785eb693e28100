package shared;

import dolmen.archive.FileFailures;
import dolmen.catalog.CopyProbeTarget;
import dolmen.model.StepFailure.Failed;
import dolmen.settings.CopySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the endpoint of copies. On a file server ({@code sftp:}, {@code ftp:}) it logs in and writes nothing; into a folder it writes a
 * file and removes it; anything else gets a file that always has the same name, since Camel has no way to remove it.
 */
public final class CopyProbe implements CopyProbeTarget {
    private static final Logger LOG = LoggerFactory.getLogger(CopyProbe.class);

    private final CamelContext context;
    private final CopySettings settings;

    /** Connects to nothing yet. */
    public CopyProbe(CamelContext context, CopySettings settings) {
        this.context = context;
        this.settings = settings;
    }

    @Override
    public Found probe() {
        Endpoint endpoint = CopyEndpoint.of(context, settings);
        if (endpoint instanceof RemoteFileEndpoint<?> remote) {
            return new CopyLogin(settings).look(remote);
        }
        if (endpoint instanceof FileEndpoint folder) {
            write(folder);
            return Found.WRITTEN;
        }
        new ProbeFile(context, settings).send(endpoint, PROBE);
        return Found.SENT;
    }

    private void write(FileEndpoint endpoint) {
        String name = "dolmen-probe-" + UUID.randomUUID();
        Path folder = endpoint.getFile().toPath();
        try {
            new ProbeFile(context, settings).send(endpoint, name);
            if (!Files.deleteIfExists(folder.resolve(name))) {
                throw new Failed(
                        settings.place() + " took " + name + ", but " + folder + " has no such file",
                        "Check the options of dolmen.copy.to.");
            }
        } catch (IOException refused) {
            throw FileFailures.writing(folder.resolve(name), refused);
        } finally {
            removePart(folder.resolve(CopyEndpoint.PART + name));
        }
    }

    private static void removePart(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException refused) {
            LOG.warn("cannot remove {} HINT: remove it by hand", part, refused);
        }
    }
}
