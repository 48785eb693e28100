package shared;

import dolmen.archive.FileFailures;
import dolmen.catalog.FileSender;
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

/** The endpoint of copies, and the route {@code copy-file} to it as a plain function. */
public final class CopyEndpoint {
    /** What camel-azure-storage-blob, which is not shipped, takes; without an operation it would store nothing. */
    private static final String BLOB_OPERATION = "CamelAzureStorageBlobOperation";

    /** What names begin with until their files are whole, where the URI says nothing else. */
    static final String PART = ".part-";

    private static final String BLOB_NAME = "CamelAzureStorageBlobBlobName";

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

    /**
     * The route as a function. Causes are not kept, since Camel's texts may hold the URI; what they say is cleaned. Folders,
     * here or on a server, take a stream, which is counted while it is sent; what is no folder may treat a file in its own
     * way, which is counted when it was sent.
     */
    public static FileSender over(ProducerTemplate template, Endpoint endpoint, CopySettings settings) {
        CopyFailures failures = new CopyFailures(named(settings));
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
