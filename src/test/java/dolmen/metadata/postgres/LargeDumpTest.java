package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.DumpReader;
import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.LargeDump;
import dolmen.model.StepFailure;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LargeDumpTest {
    @Test
    @Tag("MD-22")
    @Timeout(120)
    void a_million_segments_are_read_in_a_heap_of_256_mebibytes() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process reader = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeDump.class.getName(),
                        "1000000")
                .redirectErrorStream(true)
                .start();
        String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo("1000000 7000000\n");
    }

    @Test
    @Tag("MD-22")
    void endless_bytes_without_a_line_are_refused_and_not_collected() {
        InputStream zeros = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                Arrays.fill(bytes, offset, offset + length, (byte) ' ');
                return length;
            }
        };

        assertThatThrownBy(() -> DumpReader.read(zeros, new DruidProfile(segment -> {})))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("line 1");
    }

    @Test
    void a_row_longer_than_the_buffer_is_one_row() {
        String long_ = "x".repeat(3_000_000);
        String dump = Dumps.HEAD
                + Dumps.tables("druid", "")
                + Dumps.table("druid_tasks", "id, payload", "a\t" + long_ + "\nb\t" + long_ + "\n")
                + Dumps.TAIL;

        assertThat(DumpReader.read(Dumps.stream(dump), new DruidProfile(segment -> {}))
                        .rows())
                .containsEntry("druid_tasks", 2L);
    }
}
