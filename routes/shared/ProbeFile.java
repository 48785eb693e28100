package shared;

import dolmen.model.Meter;
import dolmen.settings.CopySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/** Sends a small file to an endpoint of copies in the way in which backups are sent. */
record ProbeFile(CamelContext context, CopySettings settings) {
    void send(Endpoint endpoint, String name) {
        try {
            Path file = Files.createTempFile("dolmen-probe", "");
            try {
                Files.writeString(file, "A probe of `dolmen doctor`: it can be removed.\n");
                context.addRoutes(new CopyFile(endpoint));
                CopyGateway.over(context.createProducerTemplate(), endpoint, settings)
                        .send(file, name, Meter.NONE);
            } finally {
                Files.delete(file);
            }
        } catch (Exception refused) {
            throw new CopyFailures(CopyEndpoint.named(settings)).of(name, refused);
        }
    }
}
