package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dolmen} as somebody unpacks it, with a program in Java's place that tells what it was given. */
class LauncherTest {
    private static final String TELL = "#!/bin/sh\nfor each; do echo \"<$each>\"; done\n";

    @TempDir
    Path folder;

    private Path home;
    private Path elsewhere;

    @BeforeEach
    void an_unpacked_archive_in_a_folder_with_blanks() throws Exception {
        home = folder.resolve("some where/dolmen");
        elsewhere = Files.createDirectories(folder.resolve("else where"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("src/main/dist/bin/dolmen"), home.resolve("bin/dolmen"));
        executable(home.resolve("bin/dolmen"));
        Files.createDirectories(folder.resolve("a java/bin"));
        executable(Files.writeString(folder.resolve("a java/bin/java"), TELL));
    }

    @Test
    void from_another_folder_it_finds_its_own_files_and_passes_arguments_on_as_they_are() throws Exception {
        Ended ended = run(home.resolve("bin/dolmen"), java(), "show", "two words");
        assertThat(ended.status()).isZero();
        assertThat(ended.output())
                .contains("<-Ddolmen.home=" + home.toRealPath() + ">", "<" + home.toRealPath() + "/lib/*>")
                .endsWith("<dolmen.Main>\n<show>\n<two words>\n");
    }

    @Test
    void a_link_to_it_leads_to_the_same_files() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("dolmen"), Path.of("../some where/dolmen/bin/dolmen"));
        Path second = Files.createSymbolicLink(elsewhere.resolve("backup it"), link.getFileName());
        assertThat(run(second, java()).output()).contains("<-Ddolmen.home=" + home.toRealPath() + ">");
    }

    @Test
    void options_for_the_virtual_machine_replace_the_heap_s_limit() throws Exception {
        Ended ended = run(
                home.resolve("bin/dolmen"),
                Map.of("JAVA_HOME", folder.resolve("a java").toString(), "DOLMEN_OPTS", "-Xmx1g -Da=b"));
        assertThat(ended.output()).contains("<-Xmx1g>\n<-Da=b>").doesNotContain("256m");
    }

    @Test
    void without_java_it_says_so_and_what_to_do() throws Exception {
        Ended ended = run(
                home.resolve("bin/dolmen"),
                Map.of("JAVA_HOME", folder.resolve("none").toString()));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output())
                .contains("there is no program " + folder.resolve("none/bin/java"))
                .contains("HINT: install a Java runtime, 17 or later");
    }

    private Map<String, String> java() {
        return Map.of("JAVA_HOME", folder.resolve("a java").toString());
    }

    private Ended run(Path program, Map<String, String> environment, String... arguments) throws Exception {
        List<String> line = new java.util.ArrayList<>(List.of(program.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(elsewhere.toFile()).redirectErrorStream(true);
        builder.environment().remove("DOLMEN_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int status, String output) {}
}
