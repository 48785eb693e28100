package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page that is made from the code: compared with what it should be, or written with {@code -Ddolmen.docs.write=true}. */
final class Page {
    static final String MADE_BY = "mvn test -Dtest=ReferenceTest -Ddolmen.docs.write=true";

    private Page() {}

    static void check(Path file, String content) throws IOException {
        if (Boolean.getBoolean("dolmen.docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file).as("make it anew: " + MADE_BY).exists().hasContent(content);
    }

    /** A table with a head; no rows, no table. */
    static String table(List<String> head, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        return Stream.concat(
                        Stream.of(row(head), "|" + "---|".repeat(head.size())),
                        rows.stream().map(Page::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"))
                .replaceAll("\\| +(?=\\|)", "| ");
    }
}
