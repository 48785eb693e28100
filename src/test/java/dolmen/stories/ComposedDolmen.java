package dolmen.stories;

import dolmen.EngineCall;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Dolmen and the socket proxy beside the sandbox's stack, as {@code packaging/} tells a user to bring them up: the files
 * are copied beside the stack's compose file, and only the images have other names.
 */
final class ComposedDolmen implements AutoCloseable {
    private static final String USER = "1000";
    private static final String IMAGE = "dolmen-test/dolmen:1";
    private static final String PROXY_IMAGE = "dolmen-test/haproxy:1";

    private final Path home;

    ComposedDolmen(Path home) {
        this.home = home;
        try {
            for (String file : List.of(
                    "src/sandbox/containers/docker-compose.yml",
                    "src/sandbox/containers/environment",
                    "packaging/compose/dolmen.yml")) {
                Files.copy(Path.of(file), home.resolve(Path.of(file).getFileName()));
            }
            Files.createDirectory(home.resolve("socket-proxy"));
            Files.copy(Path.of("packaging/socket-proxy/haproxy.cfg"), home.resolve("socket-proxy/haproxy.cfg"));
            Files.copy(Path.of("packaging/socket-proxy/docker-api.list"), home.resolve("socket-proxy/docker-api.list"));
            Files.writeString(
                    home.resolve("images.yml"),
                    "services:\n  dolmen: {image: '" + IMAGE + "'}\n  socket-proxy: {image: '" + PROXY_IMAGE + "'}\n");
            Files.writeString(
                    home.resolve(".env"),
                    "DOCKER_GID=" + Files.getAttribute(Path.of("/var/run/docker.sock"), "unix:gid"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        for (String folder : List.of("backup", "state", "inbox")) {
            Shell.run(
                    "install",
                    "-d",
                    "-o",
                    USER,
                    "-g",
                    USER,
                    home.resolve(folder).toString());
        }
    }

    /** Builds both images on the sandbox's base image. */
    static void build(Path scratch) {
        String base = Shell.run("docker", "images", "--format", "{{.Repository}}:{{.Tag}}", "dolmen-sandbox/base")
                .lines()
                .findFirst()
                .orElseThrow(() -> new AssertionError("the sandbox has no base image"));
        Map<String, String> environment = Map.of(
                "DOCKER_BUILDKIT",
                "0",
                "BASE",
                base,
                "DOLMEN_TAR",
                distribution(scratch).toString());
        Shell.run(environment, "packaging/image/build.sh", IMAGE);
        Shell.run(
                Map.of("DOCKER_BUILDKIT", "0"),
                "docker",
                "build",
                "-q",
                "--network=host",
                "--build-arg=BASE=" + base,
                "-t",
                PROXY_IMAGE,
                "src/test/resources/socket-proxy");
    }

    /** What the build packs into {@code dolmen.tar.gz}, from the classes under test. */
    private static Path distribution(Path scratch) {
        try {
            Path root = Files.createDirectories(scratch.resolve("dolmen"));
            Path lib = Files.createDirectories(root.resolve("lib"));
            Shell.run("cp", "-r", "src/main/dist/bin", root.toString());
            Path config = Files.createDirectories(root.resolve("config"));
            Files.copy(Path.of("config/application.properties"), config.resolve("defaults.properties"));
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path path = Path.of(entry);
                if (entry.endsWith(".jar")) {
                    Files.createSymbolicLink(lib.resolve(path.getFileName()), path);
                } else if (path.endsWith("target/classes")) {
                    jar(path, lib.resolve("dolmen.jar"));
                }
            }
            Path tar = scratch.resolve("dolmen.tar");
            Shell.run("tar", "-chf", tar.toString(), "-C", scratch.toString(), "dolmen");
            return tar;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void jar(Path classes, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            Files.walkFileTree(classes, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path one, BasicFileAttributes attributes) throws IOException {
                    jar.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                    Files.copy(one, jar);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    void up() {
        Shell.run(compose("up", "-d", "dolmen", "socket-proxy"));
    }

    /** Runs one command in a container of its own, behind the same proxy. */
    Shell.Result run(String... command) {
        List<String> line = new ArrayList<>(List.of("run", "--rm", "-T", "--no-deps", "dolmen"));
        line.addAll(List.of(command));
        return Shell.tryRun(Map.of(), compose(line.toArray(String[]::new)));
    }

    /** The proxy with those lines of the list alone. */
    void listing(Predicate<EngineCall> wanted) {
        try {
            Files.write(
                    home.resolve("socket-proxy/docker-api.list"),
                    EngineCall.list().stream()
                            .filter(wanted)
                            .map(EngineCall::expression)
                            .toList());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        Shell.run(compose("up", "-d", "--force-recreate", "--no-deps", "socket-proxy"));
    }

    Path inbox() {
        return home.resolve("inbox");
    }

    /** What the engine says of the container of one of the two services, by a Go template. */
    static String inspect(String service, String template) {
        return Shell.run("docker", "inspect", "-f", template, "dolmen-sandbox_" + service + "_1")
                .strip();
    }

    /** The calls that came to the proxy so far, each as status, method and path. */
    static List<String> calls() {
        return Shell.run("docker", "logs", "dolmen-sandbox_socket-proxy_1")
                .lines()
                .filter(line -> line.matches("[0-9]{3} .*"))
                .toList();
    }

    @Override
    public void close() {
        Shell.run(compose("rm", "-sf", "dolmen", "socket-proxy"));
        Shell.tryRun(Map.of(), "docker", "network", "rm", "dolmen-sandbox_engine");
    }

    private String[] compose(String... command) {
        List<String> line = new ArrayList<>(List.of(
                "docker-compose",
                "--ansi=never",
                "--project-name=dolmen-sandbox",
                "--project-directory=" + home,
                "--file=" + home.resolve("docker-compose.yml"),
                "--file=" + home.resolve("dolmen.yml"),
                "--file=" + home.resolve("images.yml")));
        line.addAll(List.of(command));
        return line.toArray(String[]::new);
    }
}
