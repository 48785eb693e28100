package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.Stores;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetadataSettings;
import dolmen.stack.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that behave badly stand in for psql. */
class PsqlStandInsTest extends StandIns {
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
        String side = older.names().fresh(new RunMark("r1"));

        older.createSide(side);
        older.loadSide(side, Dumps.SCRIPT, dump, Meter.NONE);

        assertThat(older.rows(side)).isEqualTo(dump.rows());
        older.drop(side);
    }
}
