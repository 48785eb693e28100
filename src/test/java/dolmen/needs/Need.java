package dolmen.needs;

import dolmen.archive.Tool;
import dolmen.stack.docker.DockerFixture;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What some tests need of a machine and cannot bring themselves. Each is looked for once; where it is missing, the tests
 * that say so by {@link Needs} are left out, or fail when {@code DOLMEN_REQUIRE_ALL=1}.
 */
public enum Need {
    ENGINE("a Docker engine", "install and start Docker, or set DOCKER_HOST", Need::engine),
    SANDBOX(
            "a Docker engine for the sandbox of containers, with docker, docker-compose and mmdebstrap",
            "as root, src/sandbox/docker-engine.sh",
            () -> Tool.succeeds("""
                    docker info && { docker-compose version || docker compose version; } \
                    && { [ $(id -u) = 0 ] || command -v mmdebstrap; }""")),
    CEPH(
            "Ceph as an S3 server",
            "on Debian 12 (amd64), apt-get update",
            () -> Tool.succeeds("src/sandbox/ceph.sh available")),
    FAKETIME("libfaketime", "apt-get install faketime", () -> faketime().isPresent()),
    CHROMIUM(
            "Chromium and its driver",
            "apt-get install chromium chromium-driver",
            () -> Tool.succeeds("command -v /usr/bin/chromium /usr/bin/chromedriver")),
    MOUNT(
            "the right to mount",
            "run as root, and not in a container",
            () -> Tool.succeeds("disk=$(mktemp -d); mount -t tmpfs none $disk && umount $disk && rmdir $disk")),
    ROOT("root's rights", "run as root", Tool::root);

    private final String name;
    private final String howToGetIt;
    private final Callable<Boolean> probe;
    private Optional<Boolean> met = Optional.empty();

    Need(String name, String howToGetIt, Callable<Boolean> probe) {
        this.name = name;
        this.howToGetIt = howToGetIt;
        this.probe = probe;
    }

    /** Whether this machine has it. */
    public synchronized boolean met() {
        if (met.isEmpty()) {
            try {
                met = Optional.of(probe.call());
            } catch (Exception broken) {
                throw new IllegalStateException("could not look for " + name, broken);
            }
        }
        return met.get();
    }

    /** What is missing, and how to get it. */
    public String reason() {
        return "no " + name.replaceFirst("^(a|the) ", "") + " (" + howToGetIt + ")";
    }

    static boolean allRequired() {
        return "1".equals(System.getenv("DOLMEN_REQUIRE_ALL"));
    }

    private static boolean engine() throws Exception {
        try (DockerFixture fixture = DockerFixture.through(DockerFixture.ENGINE)) {
            fixture.client().pingCmd().exec();
            return true;
        } catch (RuntimeException absent) {
            return false;
        }
    }

    /** The library that sets a clock, where it is installed. */
    public static Optional<Path> faketime() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path folder : folders) {
                Path library = folder.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    return Optional.of(library);
                }
            }
        }
        return Optional.empty();
    }
}
