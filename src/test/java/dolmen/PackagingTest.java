package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code packaging/} holds and what {@code docs/} say of it are the same. */
class PackagingTest {
    private static final Path SNIPPET = Path.of("packaging/compose/dolmen.yml");
    private static final Path UNIT = Path.of("packaging/systemd/dolmen.service");

    @Test
    void the_table_of_engine_calls_is_the_list_that_the_proxy_reads() throws Exception {
        List<String> table = Files.readAllLines(Path.of("docs/docker-api.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(table)
                .containsExactlyElementsOf(EngineCall.list().stream()
                        .map(call -> "| `" + call.expression().replaceAll("^\\^|\\$$", "") + "` | " + call.operations()
                                + " | " + call.why() + " |")
                        .toList());
    }

    @Test
    void each_listed_call_is_a_whole_one_with_its_method() {
        assertThat(EngineCall.list())
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.expression()).matches("\\^[A-Z]+ /[^|]*\\$"));
    }

    @Test
    void the_compose_snippet_has_at_most_16_lines_and_stands_in_the_docs() throws Exception {
        assertThat(Files.readAllLines(SNIPPET)).hasSizeLessThanOrEqualTo(16);
        assertThat(Files.readString(Path.of("docs/how-to/install-with-compose.md")))
                .contains("```\n" + Files.readString(SNIPPET) + "```\n");
    }

    @Test
    void the_unit_is_installed_by_the_commands_of_the_docs() throws Exception {
        String page = Files.readString(Path.of("docs/how-to/install-as-a-service.md"));
        for (Path file : List.of(UNIT, Path.of("packaging/systemd/dolmen.sysusers"))) {
            assertThat(page).contains(file.toString());
        }
        assertThat(Files.readString(UNIT)).contains("ExecStart=/opt/dolmen/bin/dolmen run\n");
    }
}
