package shared;

import dolmen.model.StepFailure.Failed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;

/** Sends one file to the endpoint of copies, without retries. A stream is not cached, so that its bytes are counted when they are sent. */
public final class CopyFile extends RouteBuilder {
    private final Endpoint endpoint;

    public CopyFile(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void configure() {
        from("direct:copy-file")
                .routeId("copy-file")
                .streamCache("false")
                .errorHandler(noErrorHandler())
                .process(exchange -> requireFolder())
                .to(endpoint)
                .id("copy-file-send")
                .process(this::sync)
                .id("copy-file-sync");
    }

    /** Camel would create a missing folder, but most likely its disk is not mounted. */
    private void requireFolder() {
        if (endpoint instanceof FileEndpoint folder && !folder.getFile().isDirectory()) {
            throw new Failed(
                    "there is no folder " + folder.getFile(), "Mount its disk, or create the folder on it once.");
        }
    }

    /** Syncs the file and its folder: what is reported as copied is on the disk. */
    private void sync(Exchange exchange) throws IOException {
        if (endpoint instanceof FileEndpoint) {
            Path file = Path.of(exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED, String.class));
            sync(file, StandardOpenOption.WRITE);
            Path folder = file.toAbsolutePath().getParent();
            if (Files.isReadable(folder)) {
                sync(folder, StandardOpenOption.READ);
            }
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
