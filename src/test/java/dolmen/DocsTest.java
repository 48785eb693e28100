package dolmen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dolmen.commands.Dolmen;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The pages that people write: what they point to, name and tell to type exists. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ *(dolmen [a-z].*)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```\\n(.*?)^ *```$");
    private static final Pattern KEY =
            Pattern.compile("\\bdolmen\\.(?!tar\\.)[a-z][a-z-]*\\.[a-z][a-z-]*(?:\\.[a-z][a-z-]*)*");
    private static final int LONGEST_ANSWER = 60;

    @Test
    void every_link_leads_to_a_file() {
        for (Path page : pages("README.md", "CONTRIBUTING.md", "docs", "src/sandbox/README.md")) {
            found(LINK, read(page))
                    .filter(link -> !link.contains("://"))
                    .forEach(link -> assertThat(Path.of("")
                                    .resolve(page)
                                    .resolveSibling(link)
                                    .normalize())
                            .as("%s names %s", page, link)
                            .exists());
        }
    }

    @Test
    void every_command_of_the_pages_is_one() {
        for (Path page : pages("README.md", "docs/how-to", "docs/guide")) {
            found(BLOCK, read(page))
                    .flatMap(block -> found(COMMAND, block))
                    .forEach(line -> assertThatCode(() -> new CommandLine(new Dolmen()).parseArgs(arguments(line)))
                            .as("%s tells to type: %s", page, line)
                            .doesNotThrowAnyException());
        }
    }

    @Test
    void every_setting_of_the_pages_exists() {
        SettingsSource source = new SettingsSource(new Properties(), Map.of(), new Properties());
        Settings.from(source);
        Set<String> known = source.asked();
        for (Path page : pages("docs/how-to", "docs/guide", "docs/own-code.md", "docs/format.md")) {
            assertThat(found(KEY, read(page))
                            .filter(key ->
                                    known.stream().noneMatch(each -> each.equals(key) || each.startsWith(key + "."))))
                    .as("settings that %s names", page)
                    .isEmpty();
        }
    }

    @Test
    void an_answer_is_short_and_is_listed() {
        String index = read(Path.of("docs/how-to/README.md"));
        for (Path page : pages("docs/how-to")) {
            assertThat(read(page).lines().count()).as("lines of %s", page).isLessThanOrEqualTo(LONGEST_ANSWER);
            if (!page.endsWith("README.md")) {
                assertThat(index).contains("(" + page.getFileName() + ")");
            }
        }
    }

    private static String[] arguments(String line) {
        String[] words = line.replaceFirst(" #.*", "").strip().split(" +");
        return List.of(words).subList(1, words.length).toArray(String[]::new);
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.groupCount() > 0 ? result.group(1) : result.group());
    }

    private static List<Path> pages(String... roots) {
        return Stream.of(roots)
                .map(Path::of)
                .flatMap(DocsTest::below)
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
    }

    private static Stream<Path> below(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
