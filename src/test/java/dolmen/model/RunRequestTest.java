package dolmen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunOptions.ExportOptions;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunOptions.NoOptions;
import dolmen.model.RunOptions.PlanOptions;
import dolmen.model.RunOptions.PruneOptions;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.RunOptions.UndoOptions;
import dolmen.model.RunOptions.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines were written by the version before, whose requests had all members side by side in memory, too. */
class RunRequestTest {
    private static final Path LINES = Path.of("src/test/resources/requests-of-flat-members.jsonl");
    private static final Label LABEL = new Label("20261124-020000");
    private static final RestoreChoice MUCH =
            new RestoreChoice(BackupChoice.of(LABEL), true, new TreeSet<>(), true, true);

    static List<String> lines() throws IOException {
        return Files.readAllLines(LINES);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void what_the_version_before_wrote_is_read_and_written_letter_by_letter(String line) throws Exception {
        assertThat(Json.MAPPER.writeValueAsString(read(line))).isEqualTo(line);
    }

    @Test
    void the_lines_are_of_every_operation_and_give_every_option() throws Exception {
        List<RunRequest> requests = lines().stream().map(RunRequestTest::parsed).toList();
        Set<Operation> operations = requests.stream().map(RunRequest::operation).collect(Collectors.toSet());
        assertThat(operations).containsExactlyInAnyOrder(Operation.values());
        assertThat(requests.stream().map(RunRequest::options))
                .contains(
                        new BackupOptions(Kind.INCREMENTAL),
                        new BackupOptions(Optional.empty(), new TreeSet<>(Set.of("wiki_1", "wiki_2"))),
                        new RestoreOptions(RestoreChoice.EVERYTHING, false, false),
                        new RestoreOptions(MUCH, true, true),
                        Restoring.in("/files").only("clicks", "wiki").options(),
                        new VerifyOptions(BackupChoice.in("/files")),
                        new PlanOptions(new RestoreChoice(
                                BackupChoice.of(LABEL), true, new TreeSet<>(Set.of("wiki")), true, true)),
                        new UndoOptions("20261124-020000-123-restore", new Consent(true, true), true),
                        new ExportOptions(LABEL, "/exported"),
                        new PruneOptions(true),
                        new PruneOptions(false),
                        new LabelOptions(Optional.of(LABEL)),
                        new LabelOptions(Optional.empty()),
                        new NoOptions());
    }

    @ParameterizedTest
    @EnumSource
    void members_that_are_absent_mean_the_default(Operation operation) throws Exception {
        String needed = operation == Operation.UNDO
                ? ",\"undo\":\"20261124-020000-123-restore\""
                : operation == Operation.EXPORT ? ",\"label\":\"20261124-020000\",\"to\":\"/exported\"" : "";

        RunRequest read = read("{\"operation\":\"" + operation.word() + "\",\"origin\":\"command\"" + needed + "}");

        assertThat(read).isEqualTo(Requests.any(operation, Origin.COMMAND));
    }

    @Test
    void a_member_that_the_operation_does_not_have_is_no_part_of_the_request() throws Exception {
        RunRequest read = read("{\"operation\":\"verify\",\"origin\":\"command\",\"skipMetabase\":true}");

        assertThat(read).isEqualTo(RunRequest.of(Operation.VERIFY, Origin.COMMAND));
        assertThat(Json.MAPPER.writeValueAsString(read)).contains("\"skipMetabase\":false");
    }

    @ParameterizedTest
    @EnumSource
    void an_operation_takes_the_options_of_no_other(Operation operation) {
        List<RunOptions> options = Arrays.stream(Operation.values())
                .map(each -> Requests.any(each, Origin.COMMAND).options())
                .distinct()
                .toList();
        Stream<RunOptions> taken = options.stream().filter(operation::takes);

        assertThat(taken)
                .containsExactly(Requests.any(operation, Origin.COMMAND).options());
        options.stream()
                .filter(each -> !operation.takes(each))
                .forEach(other -> assertThatThrownBy(() -> new RunRequest(operation, Origin.COMMAND, other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(operation.word() + " does not take "));
    }

    @Test
    void an_undo_of_nothing_and_an_export_to_nowhere_are_refused() {
        assertThatThrownBy(() -> read("{\"operation\":\"undo\",\"origin\":\"command\"}"))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("undo without the member undo");
        assertThatThrownBy(
                        () -> read("{\"operation\":\"export\",\"origin\":\"command\",\"label\":\"20261124-020000\"}"))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("export without the member to");
        assertThatThrownBy(() -> read("{\"origin\":\"command\"}")).isInstanceOf(JsonMappingException.class);
    }

    @Test
    void a_member_of_a_newer_version_is_named_as_such() {
        assertThatThrownBy(() -> read("{\"operation\":\"backup\",\"origin\":\"command\",\"drill\":true}"))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .satisfies(failure -> assertThat(NewerFormat.in(failure)).isPresent());
    }

    @Test
    void what_is_begun_anew_asks_for_no_less_and_no_more() {
        RunRequest confirmed = Restoring.of(LABEL).confirmed().request();

        assertThat(confirmed.retried()).isEqualTo(new RunRequest(Operation.RESTORE, Origin.RETRY, confirmed.options()));
        assertThat(confirmed.repeatedBy("a.json").trigger()).contains("a.json");
        assertThat(confirmed.repeatedBy("a.json").options()).isEqualTo(confirmed.options());
    }

    private static RunRequest parsed(String line) {
        try {
            return read(line);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static RunRequest read(String json) throws JsonProcessingException {
        return Json.MAPPER.readValue(json, RunRequest.class);
    }
}
