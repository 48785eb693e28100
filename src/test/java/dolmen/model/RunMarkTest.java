package dolmen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunMarkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Upper",
                "a b",
                "a\"b",
                "a'b",
                "../a",
                "a/b",
                "a.part",
                "a\n",
                "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"
            })
    void what_would_not_be_safe_in_names_of_databases_and_files_is_refused(String text) {
        assertThat(RunMark.read(text)).isEmpty();
        assertThatThrownBy(() -> new RunMark(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the mark of a run: '" + text + "'");
    }

    @Test
    void it_is_written_as_its_text_alone() throws Exception {
        RunMark mark = new RunMark("20261124-020000-123");

        assertThat(Json.MAPPER.writeValueAsString(mark)).isEqualTo("\"20261124-020000-123\"");
        assertThat(Json.MAPPER.readValue("\"20261124-020000-123\"", RunMark.class))
                .isEqualTo(mark);
    }
}
