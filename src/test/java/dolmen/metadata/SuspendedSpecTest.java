package dolmen.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspendedSpecTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"kafka","suspended":false}             | {"type":"kafka","suspended":true}
                    {"suspended" : false , "a":1e400}              | {"suspended" : true , "a":1e400}
                    {"suspended":true}                             | {"suspended":true}
                    {"a":{"suspended":false},"b":[{"suspended":1}]} | {"a":{"suspended":false},"b":[{"suspended":1}],"suspended":true}
                    {"suspended":null,"b":"}"}                     | {"suspended":null,"b":"}","suspended":true}
                    {"type":"a","type":"b","suspended":false,"suspended":false} | {"type":"a","type":"b","suspended":true,"suspended":true}
                    {}                                             | {"suspended":true}
                    {"é":"ü\\u0000","x":0.10}                      | {"é":"ü\\u0000","x":0.10,"suspended":true}
                    """)
    void only_the_member_that_suspends_changes(String spec, String suspended) throws IOException {
        assertThat(new String(SuspendedSpec.of(spec.getBytes(UTF_8)), UTF_8)).isEqualTo(suspended);
    }

    @Test
    void what_is_no_object_is_refused() {
        assertThatThrownBy(() -> SuspendedSpec.of("[]".getBytes(UTF_8))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SuspendedSpec.of("{\"a\":".getBytes(UTF_8))).isInstanceOf(IOException.class);
    }
}
