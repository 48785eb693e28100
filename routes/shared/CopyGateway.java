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
    /** For camel-azure-storage-blob, which users may add: without an operation it stores nothing. */
    private static final String BLOB_OPERATION = "CamelAzureStorageBlobOperation";

    private static final String BLOB_NAME = "CamelAzureStorageBlobBlobName";

    private CopyGateway() {}

    /**
     * The route as a function. A failure has no cause, since Camel's messages may hold the URI with its password; its own message has
     * none. An endpoint of files gets a stream, whose bytes are counted while they are sent; another one gets the file, since it
     * may treat files in its own way, and the bytes are counted once it was sent.
     */
    public static FileSender over(ProducerTemplate template, Endpoint endpoint, CopySettings settings) {
        CopyFailures failures = new CopyFailures(CopyEndpoint.named(settings));
        boolean takesFiles = endpoint instanceof GenericFileEndpoint<?>;
        return (file, name, meter) -> {
            try (InputStream counted = meter.reading(Files.newInputStream(file))) {
                send(template, takesFiles ? counted : file.toFile(), name, failures);
                meter.add(takesFiles ? 0 : Files.size(file));
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
