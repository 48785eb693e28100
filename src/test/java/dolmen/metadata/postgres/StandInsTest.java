package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.OwnPrograms;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.Stores;
import dolmen.model.DumpSummary;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetadataSettings;
import dolmen.stack.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that behave badly stand in for pg_dump and psql. */
class StandInsTest {
    private static final Path DUMP = Dumps.SCRIPT.toAbsolutePath();

    @TempDir
    private Path folder;

    @TempDir
    private Path programs;

    private PostgresDatabase store;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        store = store(Duration.ofMinutes(1));
        file = Files.writeString(folder.resolve("dump.sql"), "the last good one");
    }

    private PostgresDatabase store(Duration limit) {
        MetadataSettings settings = new MetadataSettings(
                "postgres", "druid", Optional.of("druid"), Optional.empty(), Optional.empty(), 5432, limit);
        return Stores.druid(host(), settings);
    }

    private MemoryHost host() {
        return OwnPrograms.host("postgres", programs, Map.of());
    }

    @Test
    @Tag("MD-04")
    void a_program_that_prints_nothing_and_fails_leaves_the_last_dump() throws IOException {
        program("pg_dump", "exit 1");

        assertThatThrownBy(() -> store.dump(file)).isInstanceOf(StepFailure.Failed.class);
        assertUntouched();
    }

    @Test
    @Tag("MD-04")
    void a_program_that_fails_in_the_middle_leaves_the_last_dump_and_the_next_run_succeeds() throws IOException {
        program(
                "pg_dump",
                "head -c 4096 '" + DUMP + "'; echo 'pg_dump: error: connection to server was lost' >&2; exit 1");
        assertThatThrownBy(() -> store.dump(file)).isInstanceOf(StepFailure.Unavailable.class);
        assertUntouched();

        program("pg_dump", "cat '" + DUMP + "'");
        assertThat(store.dump(file).usedSegments()).isEqualTo(12);
        assertThat(Files.readString(file)).isEqualTo(Dumps.script());
    }

    @Test
    @Tag("MD-04")
    void a_program_that_ends_well_with_half_a_dump_is_not_believed() throws IOException {
        program("pg_dump", "head -c 100000 '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(file)).isInstanceOf(StepFailure.Damaged.class);
        assertUntouched();
    }

    @Test
    @Tag("MD-09")
    @Tag("MD-10")
    void warnings_on_stderr_are_not_failures_and_not_in_the_file() throws IOException {
        program("pg_dump", "for i in 1 2 3; do echo \"pg_dump: warning: number $i\" >&2; done; cat '" + DUMP + "'");

        List<String> warnings = new ArrayList<>();
        assertThat(store.dump(file, warnings::add).usedSegments()).isEqualTo(12);
        assertThat(Files.readString(file)).isEqualTo(Dumps.script());
        assertThat(warnings).containsExactly("pg_dump gave 3 lines of warnings, the first: pg_dump: warning: number 1");
    }

    @Test
    @Tag("MD-09")
    void a_warning_on_stdout_is_a_failure() throws IOException {
        program("pg_dump", "echo 'WARNING: something'; cat '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(file))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("line 1");
        assertUntouched();
    }

    @Test
    @Tag("MD-02")
    void a_terminal_in_between_is_a_failure() throws IOException {
        program("pg_dump", "sed 's/$/\\r/' '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(file))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("carriage return");
        assertUntouched();
    }

    @Test
    @Tag("MD-22")
    void a_dump_that_takes_too_long_leaves_nothing() throws IOException {
        program("pg_dump", "head -c 4096 '" + DUMP + "'; exec 1>&-; exec sleep 60");

        assertThatThrownBy(() -> store(Duration.ofMillis(500)).dump(file)).isInstanceOf(StepFailure.Failed.class);
        assertUntouched();
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws IOException {
        program("pg_dump", "cat '" + DUMP + "'");

        assertThatThrownBy(() -> store.dump(folder.resolve("no/such/dump.sql")))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("no/such/dump.sql");
    }

    @Test
    @Tag("MD-12")
    void a_server_that_is_starting_up_is_waited_for() throws IOException {
        Path tries = folder.resolve("tries");
        program(
                "psql",
                "echo x >> '" + tries + "'; if [ $(wc -l < '" + tries + "') -lt 3 ]; then"
                        + " echo 'psql: error: FATAL:  the database system is starting up' >&2; exit 2; fi; echo '\"*\"'");

        store.awaitReady(Duration.ofSeconds(30));

        assertThat(Files.readAllLines(tries)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    @Tag("MD-12")
    void the_first_start_of_a_container_is_not_taken_for_ready() throws IOException {
        program("psql", "echo '\"\"'");
        MemoryHost container = host();
        container.service("postgres").id = "c0ffee";
        container.service("postgres").environment = Map.of("POSTGRES_USER", new Secret("druid"));
        MetadataSettings settings = new MetadataSettings(
                "postgres", "druid", Optional.empty(), Optional.empty(), Optional.empty(), 5432, Duration.ofMinutes(1));
        PostgresDatabase initializing = Stores.druid(container, settings);

        assertThatThrownBy(() -> initializing.awaitReady(Duration.ofMillis(500)))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("initialized");
    }

    @Test
    @Tag("MD-01")
    void an_older_psql_that_does_not_know_restrict_loads_everything() throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        Path real = postgres.programsFolder().resolve("psql");
        program("psql", """
                if [ "$1" = --version ]; then echo 'psql (PostgreSQL) 15.3 (Debian 15.3-1)'; exit 0; fi
                for argument; do
                  if [ -f "$argument" ] && grep -q '^.restrict' "$argument"; then
                    echo "psql:$argument:5: error: invalid command \\\\restrict" >&2; exit 3
                  fi
                done
                exec '%s' "$@"
                """.formatted(real));
        PostgresDatabase older = Stores.druid(host(), postgres.settings("older_psql"));
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        String side = older.names().fresh("r1");

        older.createSide(side);
        older.loadSide(side, Dumps.SCRIPT, dump);

        assertThat(older.rows(side)).isEqualTo(dump.rows());
        older.drop(side);
    }

    private void assertUntouched() throws IOException {
        assertThat(Files.readString(file)).isEqualTo("the last good one");
        assertThat(folder.toFile().list()).containsExactly("dump.sql");
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
