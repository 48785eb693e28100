package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.RouteModel;
import dolmen.model.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/reference/steps.md}: what each operation is made of, by the routes, each step with its file's first words. */
final class StepsPage {
    private static final Pattern FIRST_WORDS = Pattern.compile("/\\*\\*(.*?)(?:\\.\\s|\\*/)", Pattern.DOTALL);

    private final RouteModel model;

    StepsPage(RouteModel model) {
        this.model = model;
    }

    String text() {
        return """
                # Operations and their steps

                The steps are the routes that a run goes through, in this order; a journal, a report and `dolmen.retry.STEP.attempts`
                call them by these names. A step that is in brackets is done again, with the others in brackets, while it is needed.
                One behind a dash is a part of the step before it. Operations that only read keep no journal; while they go on nothing is pruned. Made from the code: `%s`.
                """.formatted(Page.MADE_BY)
                + Stream.of(Operation.values()).map(this::operations).collect(Collectors.joining());
    }

    private String operations(Operation operation) {
        String single = operation.routeOfDatasources();
        String of = operation.readsOnly() ? ", reads only" : "";
        return section(operation.word() + of, operation.route())
                + (!single.equals(operation.route())
                        ? section(operation.word() + " of single datasources" + of, single)
                        : "");
    }

    private String section(String heading, String route) {
        return "\n## " + heading + "\n\n" + Page.table(List.of("step", ""), rows(route));
    }

    private List<List<String>> rows(String route) {
        return model.steps(route).stream().flatMap(step -> rows(step, "")).toList();
    }

    private Stream<List<String>> rows(RouteModel.Step step, String dash) {
        String name = step.again() ? "(`" + step.name() + "`)" : "`" + step.name() + "`";
        return Stream.concat(
                Stream.of(List.of(dash + name, firstWords(step.name()))),
                model.steps(step.name()).stream().flatMap(part -> rows(part, "– ")));
    }

    /** The first sentence of the comment above the step's class. */
    private String firstWords(String step) {
        try {
            Path file = model.type(step)
                    .map(type -> Path.of("src/main/java", type.getName().replace('.', '/') + ".java"))
                    .orElseGet(() -> route(step));
            Matcher comment = FIRST_WORDS.matcher(Files.readString(file));
            assertThat(comment.find()).as("a comment in %s", file).isTrue();
            return comment.group(1)
                    .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                    .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                    .strip()
                    .replaceAll("\\.$", "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The file of a step that is a route of several. */
    private static Path route(String step) {
        String name = Stream.of(step.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining("", "", ".java"));
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
