package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps docs/cases.md: which tests prove which case, as their tags say. */
class CasesTest {
    private static final Path DOCUMENT = Path.of("docs/cases.md");
    private static final Path CASES = Path.of("src/test/resources/cases.txt");
    private static final Path CLASSES = Path.of("target/test-classes");
    private static final String WRITE = "dolmen.docs.write";
    private static final String REGENERATE = "mvn test -Dtest=CasesTest -D" + WRITE + "=true";

    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final Map<String, SortedSet<String>> tests = new TreeMap<>();

    private record Case(String title, String reason) {}

    @BeforeEach
    void read_the_cases_and_the_tags() throws Exception {
        for (String line : Files.readAllLines(CASES)) {
            String[] parts = line.split("\\|", -1);
            cases.put(parts[0].strip(), new Case(parts[1].strip(), parts[2].strip()));
        }
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                collect(load(file));
            }
        }
    }

    @Test
    void every_tag_is_a_case_and_every_case_has_a_test_or_a_reason() {
        assertThat(cases).hasSizeGreaterThanOrEqualTo(92);
        assertThat(cases.keySet()).containsAll(tests.keySet());
        assertThat(cases.entrySet().stream()
                        .filter(each -> each.getValue().reason().isEmpty())
                        .map(Map.Entry::getKey))
                .as("cases without a reason have tests")
                .isSubsetOf(tests.keySet());
    }

    @Test
    void the_document_says_what_the_tags_say() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, document());
        }
        assertThat(DOCUMENT).as("regenerate it: " + REGENERATE).exists().hasContent(document());
    }

    private String document() {
        return """
                # Cases

                What people met who back up and restore such stacks, and the tests that prove that it does not happen here;
                `mvn test -Dgroups=MD-07` runs those of one case. %d of %d cases have tests. Generated: `%s`.

                | case | what goes wrong | tests |
                | --- | --- | --- |
                %s
                """.formatted(
                        tests.size(),
                        cases.size(),
                        REGENERATE,
                        cases.keySet().stream().map(this::row).collect(Collectors.joining("\n")));
    }

    private String row(String id) {
        Case what = cases.get(id);
        String cell = Stream.concat(
                        tests.getOrDefault(id, new TreeSet<>()).stream().map(test -> "`" + test + "`"),
                        Stream.of(what.reason()).filter(reason -> !reason.isEmpty()))
                .collect(Collectors.joining("<br>"));
        return "| " + id + " | " + what.title() + " | " + cell + " |";
    }

    private void collect(Class<?> type) {
        collect(type, type.getSimpleName());
        for (Method method : type.getDeclaredMethods()) {
            collect(method, type.getSimpleName() + "." + method.getName());
        }
    }

    private void collect(AnnotatedElement tagged, String name) {
        for (Tag tag : tagged.getAnnotationsByType(Tag.class)) {
            if (tag.value().matches("[A-Z]{2}-\\d\\d|[TFP]\\d+")) {
                tests.computeIfAbsent(tag.value(), id -> new TreeSet<>()).add(name);
            }
        }
    }

    private static Class<?> load(Path file) throws ClassNotFoundException {
        String name = CLASSES.relativize(file).toString().replace('/', '.');
        return Class.forName(
                name.substring(0, name.length() - ".class".length()), false, CasesTest.class.getClassLoader());
    }
}
