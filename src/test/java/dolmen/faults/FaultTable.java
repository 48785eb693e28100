package dolmen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.opentest4j.MultipleFailuresError;

/**
 * One section of {@code docs/faults.md}: a row for each fault that a test has made and seen end as it should. When all
 * are done the page must say the same; with {@code -Ddolmen.docs.write=true} it is written instead.
 */
final class FaultTable {
    static final Path PAGE = Path.of("docs/faults.md");

    private static final String HEAD =
            "| Step | Fault | What Dolmen said | What was left | Exit status |\n|---|---|---|---|---|\n";

    private final String section;
    private final List<String> rows = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long begun = System.nanoTime();

    FaultTable(String section) {
        this.section = section;
    }

    /** Adds what was seen. A fault without a word about it is a silent one: an {@link AssertionError}. */
    void add(String step, String fault, String said, String left, ExitCode exit) {
        assertThat(said).as("what was said about: " + fault).isNotBlank();
        System.out.printf("row %s, %s: %.1f s%n", step, fault, (System.nanoTime() - begun) / 1e9);
        begun = System.nanoTime();
        rows.add(List.of(
                        step,
                        fault,
                        cell(said),
                        left,
                        exit.status() + " "
                                + exit.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .stream()
                .collect(Collectors.joining(" | ", "| ", " |")));
    }

    /** One fault ended as it should not; the others are still tried, and {@link #close()} fails with all of them. */
    void failed(Throwable failure) {
        failures.add(failure);
    }

    /** What differs from one run to the next is left out. */
    private static String cell(String said) {
        return said.replaceAll("\\d{8}-\\d{6}(-\\d{3})?(-[a-z]+)?", "RUN")
                .replace(Path.of("").toAbsolutePath() + "/", "")
                .replaceAll("/tmp/[^ ,:;]*/", "")
                .replaceAll("dolmen-throw-away-[0-9a-f-]+", "dolmen-throw-away-...")
                .replaceAll("\\b[0-9a-f]{12,}\\b", "ID")
                .replaceAll(
                        "_\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z_\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z_\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z",
                        "_...")
                .replaceAll("\\b\\d{5,}\\b", "N")
                .replace("|", "\\|")
                .replace("\n", " ")
                .strip();
    }

    /** Compares the section of the page with the rows, or writes it. */
    void close() throws IOException {
        if (!failures.isEmpty()) {
            throw new MultipleFailuresError(section, failures);
        }
        String text = "## " + section + "\n\n" + HEAD + String.join("\n", rows) + "\n";
        String page = Files.readString(PAGE);
        int begin = page.indexOf("## " + section + "\n");
        int next = page.indexOf("\n## ", begin + 1);
        int end = next < 0 ? page.length() : next + 1;
        if (Boolean.getBoolean("dolmen.docs.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + text + (next < 0 ? "" : "\n") + page.substring(end));
            return;
        }
        assertThat(withoutWords(page.substring(begin, end)))
                .as("docs/faults.md is made by: mvn test -Dtest='*FaultsTest,*KillsTest' -Ddolmen.docs.write=true")
                .isEqualTo(withoutWords(text));
    }

    /** Which segment is named first, and by which version, differs from run to run. */
    private static List<String> withoutWords(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> {
                    String[] cells = line.split(" (?<!\\\\)\\| ");
                    return String.join(" | ", cells[0], cells[1], cells[cells.length - 2], cells[cells.length - 1]);
                })
                .toList();
    }
}
