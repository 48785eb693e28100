package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.RouteModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    private static final Pattern ROUTE_ID = Pattern.compile("\\.routeId\\(\"([^\"]+)\"\\)");
    private static final Pattern FROM = Pattern.compile("from\\(\"direct:([^\"]+)\"\\)");
    private static final Pattern TO = Pattern.compile("(?:to|send\\w*)\\(\"direct:([^\"]+)\"");

    @Test
    void a_route_s_id_its_direct_name_and_its_file_name_are_one_word() {
        for (Path file : routes()) {
            String expected = kebab(file).replaceAll("-route$", "");
            assertThat(found(ROUTE_ID, file)).as("routeId in %s", file).containsExactly(expected);
            assertThat(found(FROM, file)).as("direct: name in %s", file).isIn(List.of(), List.of(expected));
        }
    }

    /** Words of journals and settings that were there before their classes had better names. */
    private static final Map<String, String> FORMER = Map.of(
            "raise-stack",
            "create-stack",
            "clear-past",
            "reset-tasks",
            "upload-backup",
            "send-backup",
            "copy-backup",
            "send-backup",
            "send-copy",
            "send-backup");

    @Test
    void a_step_s_class_is_named_by_the_word_that_journals_and_settings_call_it_by(@TempDir Path home)
            throws Exception {
        new RouteModel(home)
                .types()
                .forEach((word, type) ->
                        assertThat(kebab(Path.of(type.getSimpleName()))).isEqualTo(FORMER.getOrDefault(word, word)));
    }

    @Test
    void every_direct_name_that_is_called_has_its_route(@TempDir Path home) throws Exception {
        Set<String> names =
                routes().stream().flatMap(file -> found(FROM, file).stream()).collect(Collectors.toSet());
        names.addAll(new RouteModel(home).names());
        assertThat(routes().stream().flatMap(file -> found(TO, file).stream())).isSubsetOf(names);
    }

    @Test
    void route_files_are_short_and_classes_are_not_long() {
        assertThat(longer(Path.of("routes"), 80)).isEmpty();
        assertThat(longer(Path.of("src/main/java"), 300)).isEmpty();
    }

    /** Every service can be renamed by a setting, so code that asks for one by a name of its own finds it in some stacks only. */
    @Test
    @Tag("T17")
    void T17_no_service_is_asked_for_by_the_name_that_it_has_by_default() {
        Pattern asked = Pattern.compile("\\.(?:get|getOrDefault|containsKey|find|stop|start|run|runBeside|runWithFile"
                + "|readArchive|writeArchive|endPrograms|companions)\\(\\s*\"(?:" + defaultServices() + ")\"");
        assertThat(Stream.of("src/main/java", "routes")
                        .flatMap(root -> sources(Path.of(root)).stream())
                        .filter(file -> asked.matcher(read(file)).find()))
                .isEmpty();
    }

    private static String defaultServices() {
        Pattern setting = Pattern.compile("(?m)^dolmen\\.\\S*services?=(\\S+)$");
        Set<String> names = setting.matcher(read(Path.of("config/application.properties")))
                .results()
                .flatMap(result -> Stream.of(result.group(1).split(",")))
                .collect(Collectors.toSet());
        assertThat(names).contains("metabase", "postgres", "historical", "router");
        return String.join("|", names);
    }

    private static List<Path> routes() {
        return sources(Path.of("routes")).stream()
                .filter(file -> !found(ROUTE_ID, file).isEmpty())
                .toList();
    }

    private static List<String> longer(Path root, int lines) {
        return sources(root).stream()
                .filter(file -> read(file).lines().count() > lines)
                .map(Path::toString)
                .toList();
    }

    private static List<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> found(Pattern pattern, Path file) {
        return pattern.matcher(read(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String kebab(Path file) {
        String name = file.getFileName().toString().replace(".java", "");
        Matcher capitals = Pattern.compile("(?<=[a-z])[A-Z]").matcher(name);
        return capitals.replaceAll(result -> "-" + result.group()).toLowerCase(Locale.ROOT);
    }
}
