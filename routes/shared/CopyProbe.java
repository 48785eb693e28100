package shared;

import dolmen.archive.FileFailures;
import dolmen.catalog.CopyProbeTarget;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Failed;
import dolmen.settings.CopySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the endpoint of copies: a server of files ({@code sftp:}, {@code ftp:}) is logged in to and nothing is written there,
 * a folder takes a file, which is removed, and anything else takes a file of one name, since a producer removes nothing.
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
            return logIn(remote);
        }
        if (endpoint instanceof FileEndpoint folder) {
            write(folder);
            return Found.WRITTEN;
        }
        send(endpoint, PROBE);
        return Found.SENT;
    }

    private <T> Found logIn(RemoteFileEndpoint<T> remote) {
        CopyFailures failures = new CopyFailures(CopyEndpoint.named(settings));
        try {
            RemoteFileOperations<T> line = remote.createRemoteFileOperations();
            try {
                if (!line.connect(remote.getConfiguration(), remote.createExchange())) {
                    throw new IOException("login failed");
                }
                return look(line, remote.getConfiguration().getDirectory());
            } finally {
                line.forceDisconnect();
            }
        } catch (Exception refused) {
            throw failures.reaching(refused);
        }
    }

    private static Found look(RemoteFileOperations<?> line, String folder) {
        try {
            if (!folder.isEmpty()) {
                line.changeCurrentDirectory(folder);
            }
            return Found.ENTERED;
        } catch (GenericFileOperationFailedException refused) {
            LOG.debug("cannot enter the folder of copies", refused);
            return Found.NO_FOLDER;
        }
    }

    private void write(FileEndpoint endpoint) {
        String name = "dolmen-probe-" + UUID.randomUUID();
        Path folder = endpoint.getFile().toPath();
        try {
            send(endpoint, name);
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

    private void send(Endpoint endpoint, String name) {
        try {
            Path file = Files.createTempFile("dolmen-probe", "");
            try {
                Files.writeString(file, "A probe of `dolmen doctor`: it can be removed.\n");
                context.addRoutes(new CopyFile(endpoint));
                CopyEndpoint.over(context.createProducerTemplate(), endpoint, settings)
                        .send(file, name, Meter.NONE);
            } finally {
                Files.delete(file);
            }
        } catch (Exception refused) {
            throw new CopyFailures(CopyEndpoint.named(settings)).of(name, refused);
        }
    }
}
