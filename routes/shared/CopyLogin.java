package shared;

import dolmen.catalog.CopyProbeTarget.Found;
import dolmen.settings.CopySettings;
import java.io.IOException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to log in to the file server (SFTP, FTP) of {@code dolmen.copy.to}. */
record CopyLogin(CopySettings settings) {
    private static final Logger LOG = LoggerFactory.getLogger(CopyLogin.class);

    /** Logs in and looks for the folder; writes nothing. */
    <T> Found look(RemoteFileEndpoint<T> remote) {
        CopyFailures failures = new CopyFailures(CopyEndpoint.named(settings));
        try {
            RemoteFileOperations<T> server = remote.createRemoteFileOperations();
            try {
                if (!server.connect(remote.getConfiguration(), remote.createExchange())) {
                    throw new IOException("login failed");
                }
                return enter(server, remote.getConfiguration().getDirectory());
            } finally {
                server.forceDisconnect();
            }
        } catch (Exception refused) {
            throw failures.ofLogin(refused);
        }
    }

    private static Found enter(RemoteFileOperations<?> server, String folder) {
        try {
            if (!folder.isEmpty()) {
                server.changeCurrentDirectory(folder);
            }
            return Found.ENTERED;
        } catch (GenericFileOperationFailedException refused) {
            LOG.debug("cannot enter the folder of copies", refused);
            return Found.NO_FOLDER;
        }
    }
}
