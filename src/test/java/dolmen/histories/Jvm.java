package dolmen.histories;

import dolmen.histories.files.KillableProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM whose file system a history can stop. */
final class Jvm {
    private Jvm() {}

    /** The command that begins it; {@code folder} gets its temporary files. */
    static List<String> command(Path folder, Class<?> main) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-Duser.timezone=UTC",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-Djava.nio.file.spi.DefaultFileSystemProvider=" + KillableProvider.class.getName(),
                "-Dlogback.configurationFile=dolmen/histories/quiet.xml"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("dolmen.history."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", classPath(), main.getName()));
        return command;
    }

    /** Surefire hides it in the manifest of a jar, and names it elsewhere. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
