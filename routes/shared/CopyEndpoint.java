package shared;

import dolmen.settings.CopySettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.SftpConfiguration;

/** The endpoint of copies. */
public final class CopyEndpoint {
    /** What names begin with until their files are whole, where the URI says nothing else. */
    static final String PART = ".part-";

    private CopyEndpoint() {}

    /**
     * Makes the endpoint. Where the URI does not say otherwise, files get a temporary name first, hosts must be known,
     * and there are no retries, which are the run's.
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
