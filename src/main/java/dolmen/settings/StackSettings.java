package dolmen.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The {@code dolmen.stack.*} and {@code dolmen.docker.*} blocks: containers or a local machine; the name of the stack, where a person set
 * one; the compose project; the services that a restore stops, in this order (they start in the reverse one); the command that creates
 * missing containers; on a local machine the commands that stop, start and probe a service ({@code {service}} is its name), and how
 * long they may take; and the address of the Docker engine ({@code unix://} or {@code tcp://}), with the folder of its TLS
 * certificates.
 */
public record StackSettings(
        Kind kind,
        Optional<String> name,
        Optional<String> project,
        List<String> services,
        Optional<String> upCommand,
        Optional<String> stopCommand,
        Optional<String> startCommand,
        Optional<String> runningCommand,
        Duration stopLimit,
        String dockerHost,
        Optional<Path> dockerCertificates) {
    public StackSettings {
        services = List.copyOf(services);
    }

    /** What the stack runs on. */
    public enum Kind {
        DOCKER,
        LOCAL
    }
}
