package dolmen.stack;

import dolmen.model.StepFailure;
import dolmen.settings.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the Docker engine is: a unix socket or {@code tcp://host:port}, the latter with TLS when the folder with
 * {@code ca.pem}, {@code cert.pem} and {@code key.pem} is given. Throws {@code Unusable} for anything else.
 */
public record EngineAddress(URI uri, Optional<Path> certificates) {
    private static final List<String> CERTIFICATES = List.of("ca.pem", "cert.pem", "key.pem");

    public EngineAddress {
        requireKnownScheme(uri);
        // When one of these files is missing, docker-java silently uses plain HTTP.
        certificates.ifPresent(EngineAddress::requireCertificates);
    }

    /** The engine of the settings. */
    public static EngineAddress of(StackSettings settings) {
        return new EngineAddress(parse(settings.dockerHost()), settings.dockerCertificates());
    }

    /** True for a unix socket. */
    public boolean socket() {
        return "unix".equals(uri.getScheme());
    }

    /** The path of the unix socket, or the host's name. */
    public String host() {
        return socket() ? uri.getPath() : uri.getHost();
    }

    /** The port of a TCP address; 2375, with TLS 2376, when none is given. */
    public int port() {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return certificates.isPresent() ? 2376 : 2375;
    }

    /** Throws {@code Failed} when the socket does not exist or this user may not use it, and says what to do. */
    public void requireUsable() {
        if (!socket()) {
            return;
        }
        Path path = Path.of(uri.getPath());
        if (!Files.exists(path)) {
            throw new StepFailure.Failed(
                    "no Docker engine at " + path + ": there is no such socket (uid " + uid() + ")",
                    "Start the Docker engine, or set dolmen.docker.host (or DOCKER_HOST) to its socket,"
                            + " for instance unix:///run/user/" + uid() + "/docker.sock when it runs without root.");
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw notAllowed(null);
        }
    }

    /** This user may not use the socket. */
    public StepFailure notAllowed(Throwable cause) {
        return new StepFailure.Failed(
                "uid " + uid() + " may not use the Docker engine's socket " + host(),
                "Add the user to the socket's group (often 'docker'), or run Dolmen as a user who may use it.",
                cause);
    }

    @Override
    public String toString() {
        return uri + (certificates.isPresent() ? " with TLS" : "");
    }

    /** The uid as the kernel has it: the user of a container often has no name, and Java's own classes then give 0. */
    private static String uid() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException unknown) {
            return System.getProperty("user.name");
        }
    }

    private static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw unusable(text, wrong);
        }
    }

    private static void requireKnownScheme(URI uri) {
        boolean known = "unix".equals(uri.getScheme())
                        && uri.getPath() != null
                        && !uri.getPath().isEmpty()
                || "tcp".equals(uri.getScheme()) && uri.getHost() != null;
        if (!known) {
            throw unusable(uri.toString(), null);
        }
    }

    private static void requireCertificates(Path folder) {
        Stream<Path> missing = CERTIFICATES.stream().map(folder::resolve).filter(file -> !Files.isReadable(file));
        missing.findFirst().ifPresent(file -> {
            throw new StepFailure.Unusable(
                    "cannot read " + file + ", a certificate for the Docker engine",
                    "Set dolmen.docker.certificates (or DOCKER_CERT_PATH) to a folder that holds "
                            + String.join(", ", CERTIFICATES) + ".");
        });
    }

    private static StepFailure unusable(String text, Throwable cause) {
        return new StepFailure.Unusable(
                "not an address of a Docker engine: '" + text + "'",
                "Set dolmen.docker.host (or DOCKER_HOST) to unix:///path/of/the/socket or tcp://host:port.",
                cause);
    }
}
