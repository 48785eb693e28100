package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.Dumps;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that behave badly stand in for pg_dump. */
class StandInsTest extends StandIns {
    private static final Path DUMP = Dumps.SCRIPT.toAbsolutePath();

    @Test
    @Tag("MD-04")
    void a_program_that_prints_nothing_and_fails_leaves_the_last_dump() throws IOException {
        program("pg_dump", "exit 1");

        assertThatThrownBy(() -> store.dump(file, warning -> {}, Meter.NONE)).isInstanceOf(StepFailure.Failed.class);
        assertUntouched();
    }

    @Test
    @Tag("MD-04")
    void a_program_that_fails_in_the_middle_leaves_the_last_dump_and_the_next_run_succeeds() throws IOException {
        program(
                "pg_dump",
                "head -c 4096 '" + DUMP + "'; echo 'pg_dump: error: connection to server was lost' >&2; exit 1");
        assertThatThrownBy(() -> store.dump(file, warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Unavailable.class);
        assertUntouched();

        program("pg_dump", "cat '" + DUMP + "'");
        assertThat(store.dump(file, warning -> {}, Meter.NONE).usedSegments()).isEqualTo(12);
        assertThat(Files.readString(file)).isEqualTo(Dumps.script());
    }

    @Test
    @Tag("MD-04")
    void a_program_that_ends_well_with_half_a_dump_is_not_believed() throws IOException {
        program("pg_dump", "head -c 100000 '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(file, warning -> {}, Meter.NONE)).isInstanceOf(StepFailure.Damaged.class);
        assertUntouched();
    }

    @Test
    @Tag("MD-09")
    @Tag("MD-10")
    void warnings_on_stderr_are_not_failures_and_not_in_the_file() throws IOException {
        program("pg_dump", "for i in 1 2 3; do echo \"pg_dump: warning: number $i\" >&2; done; cat '" + DUMP + "'");

        List<String> warnings = new ArrayList<>();
        assertThat(store.dump(file, warnings::add, Meter.NONE).usedSegments()).isEqualTo(12);
        assertThat(Files.readString(file)).isEqualTo(Dumps.script());
        assertThat(warnings).containsExactly("pg_dump gave 3 lines of warnings, the first: pg_dump: warning: number 1");
    }

    @Test
    @Tag("MD-09")
    void a_warning_on_stdout_is_a_failure() throws IOException {
        program("pg_dump", "echo 'WARNING: something'; cat '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(file, warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("line 1");
        assertUntouched();
    }

    @Test
    @Tag("MD-02")
    void a_terminal_in_between_is_a_failure() throws IOException {
        program("pg_dump", "sed 's/$/\\r/' '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(file, warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("carriage return");
        assertUntouched();
    }

    @Test
    @Tag("MD-22")
    void a_dump_that_takes_too_long_leaves_nothing() throws IOException {
        program("pg_dump", "head -c 4096 '" + DUMP + "'; exec 1>&-; exec sleep 60");

        assertThatThrownBy(() -> store(Duration.ofMillis(500)).dump(file, warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class);
        assertUntouched();
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws IOException {
        program("pg_dump", "cat '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(folder.resolve("no/such/dump.sql"), warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("no/such/dump.sql");
    }

    private void assertUntouched() throws IOException {
        assertThat(Files.readString(file)).isEqualTo("the last good one");
        assertThat(folder.toFile().list()).containsExactly("dump.sql");
    }
}
