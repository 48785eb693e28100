package shared;

import dolmen.archive.FileFailures;
import dolmen.catalog.FileSender;
import dolmen.settings.CopySettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.file.GenericFileEndpoint;

/** The route {@code copy-file} as a plain function, for classes that know no Camel. */
public final class CopyGateway {
    /** What camel-azure-storage-blob, which is not shipped, takes; without an operation it would store nothing. */
    private static final String BLOB_OPERATION = "CamelAzureStorageBlobOperation";

    private static final String BLOB_NAME = "CamelAzureStorageBlobBlobName";

    private CopyGateway() {}

    /**
     * The route as a function. Causes are not kept, since Camel's texts may hold the URI; what they say is cleaned. Folders,
     * here or on a server, take a stream, which is counted while it is sent; what is no folder may treat a file in its own
     * way, which is counted when it was sent.
     */
    public static FileSender over(ProducerTemplate template, Endpoint endpoint, CopySettings settings) {
        CopyFailures failures = new CopyFailures(CopyEndpoint.named(settings));
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
