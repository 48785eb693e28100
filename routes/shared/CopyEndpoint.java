package shared;

import dolmen.settings.CopySettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.SftpConfiguration;

/** Makes the Camel endpoint of {@code dolmen.copy.to}. */
public final class CopyEndpoint {
    /** The beginning of the name of a file that is not yet whole, where the URI does not set another. */
    static final String PART = ".part-";

    private CopyEndpoint() {}

    /**
     * Makes the endpoint, and connects to nothing yet. Where the URI does not set it otherwise, files have a temporary name until they
     * are whole, the key of an SFTP server must be in known_hosts, and Camel does not reconnect, since the run's route retries.
     */
    public static Endpoint of(CamelContext context, CopySettings settings) {
        String uri = settings.to().orElseThrow().reveal();
        Endpoint endpoint = named(settings).make(context, uri);
        if (endpoint instanceof GenericFileEndpoint<?> files && files.getTempFileName() == null) {
            files.setTempPrefix(PART);
        }
        if (endpoint instanceof RemoteFileEndpoint<?> remote) {
            if (!uri.contains("maximumReconnectAttempts=")) {
                remote.setMaximumReconnectAttempts(0);
            }
            if (remote.getConfiguration() instanceof SftpConfiguration sftp
                    && !uri.contains("strictHostKeyChecking=")) {
                sftp.setStrictHostKeyChecking("yes");
            }
        }
        return endpoint;
    }

    static NamedEndpoint named(CopySettings settings) {
        HiddenTexts hidden = new HiddenTexts(settings.to().orElseThrow().reveal());
        return new NamedEndpoint("dolmen.copy.to", settings.scheme(), settings.place(), hidden);
    }
}
