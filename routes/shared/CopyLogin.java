package shared;

import dolmen.catalog.CopyProbeTarget.Found;
import dolmen.settings.CopySettings;
import java.io.IOException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries whether a server of files lets in whoever the endpoint of copies names. */
record CopyLogin(CopySettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(CopyLogin.class);

    /** Logs in and looks for the folder; writes nothing. */
    <T> Found look(RemoteFileEndpoint<T> remote) {
        CopyFailures failures = new CopyFailures(CopyEndpoint.named(settings));
        try {
            RemoteFileOperations<T> line = remote.createRemoteFileOperations();
            try {
                if (!line.connect(remote.getConfiguration(), remote.createExchange())) {
                    throw new IOException("login failed");
                }
                return enter(line, remote.getConfiguration().getDirectory());
            } finally {
                line.forceDisconnect();
            }
        } catch (Exception refused) {
            throw failures.reaching(refused);
        }
    }

    private static Found enter(RemoteFileOperations<?> line, String folder) {
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
}
