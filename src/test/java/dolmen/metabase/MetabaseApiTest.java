package dolmen.metabase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T43")
class MetabaseApiTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "<html>", "", "{\"status\":\"initializing\"}", "{\"status\":\"ok\"}"})
    void T43_an_answer_of_something_else_says_nothing_of_users(String answer) {
        assertThat(new MetabaseApi(Optional.of(path -> answer)).ask().users()).isEmpty();
    }
}
