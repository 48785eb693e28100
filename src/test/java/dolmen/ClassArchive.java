package dolmen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Dolmen of its own process begins with the libraries' classes in the form that the JVM maps into memory, which saves a
 * third of the time. They are noted in a run that ends at once, and kept in {@code target} as long as the libraries are the same.
 */
public final class ClassArchive {
    private static final Path FOLDER = Path.of("target/class-archive").toAbsolutePath();
    private static List<String> options;

    private ClassArchive() {}

    /** The program {@code java}, with options for processes that do not live long. */
    public static List<String> java() {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1"),
                        options().stream())
                .toList();
    }

    /** The class path of this process, and the archive that fits it. */
    private static synchronized List<String> options() {
        if (options == null) {
            List<String> all =
                    Arrays.asList(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(":"));
            // An archive holds no classes of folders, and fits every class path that begins with its own.
            String libraries = path(all.stream().filter(element -> element.endsWith(".jar")));
            String folders = path(all.stream().filter(element -> !element.endsWith(".jar")));
            String whole = libraries + ":" + folders;
            options = List.of("-XX:SharedArchiveFile=" + archive(libraries, whole), "-cp", whole);
        }
        return options;
    }

    private static String path(Stream<String> elements) {
        return elements.collect(Collectors.joining(":"));
    }

    /** Another process of tests may make it at the same time; the lock ends with the channel. */
    private static Path archive(String libraries, String whole) {
        Path archive = FOLDER.resolve(
                Integer.toHexString((libraries + System.getProperty("java.vm.version")).hashCode()) + ".jsa");
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel file =
                    FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock();
                if (!Files.exists(archive)) {
                    make(archive, libraries, whole);
                }
                return archive;
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void make(Path archive, String libraries, String whole) throws IOException {
        Path settings = Files.writeString(
                FOLDER.resolve("settings"),
                Stream.of("catalog", "inbox", "dead-letter", "state")
                                .map(each -> "dolmen." + each + ".path=" + FOLDER.resolve("home/" + each) + "\n")
                                .collect(Collectors.joining())
                        + "dolmen.docker.host=unix:///nowhere.sock\ndolmen.retry.attempts=1\n");
        Path classes = FOLDER.resolve("classes");
        String noted = run(
                "-XX:DumpLoadedClassList=" + classes,
                "-cp",
                whole,
                "dolmen.Main",
                "--config",
                settings.toString(),
                "backup");
        if (!noted.contains("begin-backup")) {
            throw new IllegalStateException("no run that ends at its first step: " + noted);
        }
        Path part = FOLDER.resolve("part");
        String made = run(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + part,
                "-cp",
                libraries);
        if (!Files.exists(part)) {
            throw new IllegalStateException("no class data archive: " + made);
        }
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
