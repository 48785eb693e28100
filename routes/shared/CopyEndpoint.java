package shared;

import dolmen.archive.FileFailures;
import dolmen.model.StepFailure.Unusable;
import dolmen.pipeline.FileSender;
import dolmen.settings.CopySettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.support.DefaultEndpoint;

/** The endpoint of copies, and the route {@code copy-file} to it as a plain function. */
public final class CopyEndpoint {
    /** What camel-azure-storage-blob, which is not shipped, takes; without an operation it would store nothing. */
    private static final String BLOB_OPERATION = "CamelAzureStorageBlobOperation";

    /** What names begin with until their files are whole, where the URI says nothing else. */
    static final String PART = ".part-";

    private static final String BLOB_NAME = "CamelAzureStorageBlobBlobName";

    private CopyEndpoint() {}

    /**
     * Makes the endpoint, and connects to nothing yet. Throws {@link Unusable} when its component is not there or does not
     * understand the URI. Where the URI does not say otherwise, files get a temporary name first, hosts must be known,
     * and there are no retries, which are the run's.
     */
    public static Endpoint of(CamelContext context, CopySettings settings) {
        String scheme = settings.scheme();
        CopyFailures failures = new CopyFailures(settings);
        try {
            if (context.getComponent(scheme) == null) {
                throw new Unusable(
                        "dolmen.copy.to names '" + scheme + "', and there is no such Camel component",
                        "Put camel-" + scheme + "-" + context.getVersion()
                                + ".jar, with the jars that it needs, into lib/.");
            }
            String uri = settings.to().orElseThrow().reveal();
            return careful(context.getEndpoint(uri), uri);
        } catch (Unusable known) {
            throw known;
        } catch (RuntimeException refused) {
            throw failures.notUnderstood(refused);
        }
    }

    private static Endpoint careful(Endpoint endpoint, String uri) {
        if (endpoint instanceof DefaultEndpoint any) {
            any.setLazyStartProducer(true);
        }
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

    /**
     * The route as a function. Causes are not kept, since Camel's texts may hold the URI; what they say is cleaned. Folders,
     * here or on a server, take a stream, which is counted while it is sent; what is no folder may treat a file in its own
     * way, which is counted when it was sent.
     */
    public static FileSender over(ProducerTemplate template, Endpoint endpoint, CopySettings settings) {
        CopyFailures failures = new CopyFailures(settings);
        boolean folder = endpoint instanceof GenericFileEndpoint<?>;
        return (file, name, meter) -> {
            try (InputStream counted = meter.reading(Files.newInputStream(file))) {
                send(template, folder ? counted : file.toFile(), name, failures);
                meter.add(folder ? 0 : Files.size(file));
            } catch (IOException unreadable) {
                throw FileFailures.reading(file, unreadable);
            }
        };
    }

    private static void send(ProducerTemplate template, Object content, String name, CopyFailures failures) {
        Exchange exchange = template.request("direct:copy-file", sent -> {
            sent.getMessage().setBody(content);
            sent.getMessage().setHeader(Exchange.FILE_NAME, name);
            sent.getMessage().setHeader(BLOB_NAME, name);
            sent.getMessage().setHeader(BLOB_OPERATION, "uploadBlockBlob");
        });
        if (exchange.getException() != null) {
            throw failures.of(name, exchange.getException());
        }
    }
}
