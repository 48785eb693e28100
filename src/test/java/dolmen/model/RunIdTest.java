package dolmen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
    private static final Instant BEGUN = Instant.parse("2026-11-24T02:00:00.123456Z");

    @ParameterizedTest
    @EnumSource
    void a_run_of_any_operation_has_an_id_that_is_read_again(Operation operation) {
        RunId id = RunId.at(BEGUN, operation);

        assertThat(id.text()).isEqualTo("20261124-020000-123-" + operation.word());
        assertThat(RunId.read(id.text())).contains(id);
        assertThat(id.mark()).isEqualTo(new RunMark("20261124-020000-123"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20261124-020000-123",
                "20261124-020000-123-",
                "20261124-020000-restore",
                "20261124-020000-123-Restore",
                "../20261124-020000-123-restore",
                "20261124-020000-123-restore/..",
                "20261124-020000-123-restore\n"
            })
    void what_is_no_id_is_refused(String text) {
        assertThat(RunId.read(text)).isEmpty();
        assertThatThrownBy(() -> new RunId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the id of a run: '" + text + "'");
    }

    @Test
    void it_is_written_as_its_text_alone() throws Exception {
        RunId id = new RunId("20261124-020000-123-restore");

        assertThat(Json.MAPPER.writeValueAsString(id)).isEqualTo("\"20261124-020000-123-restore\"");
        assertThat(Json.MAPPER.readValue("\"20261124-020000-123-restore\"", RunId.class))
                .isEqualTo(id);
        assertThatThrownBy(() -> Json.MAPPER.readValue("\"../etc\"", RunId.class))
                .isInstanceOf(JsonMappingException.class);
    }
}
