package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Command;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that is reached, as whom, and what is said where it is not. */
class ServerAccessTest {
    @TempDir
    private Path folder;

    private LiveDatabase live;

    @BeforeEach
    void a_database_of_its_own() throws Exception {
        live = new LiveDatabase(folder);
    }

    @Test
    void the_server_tells_what_it_is() {
        live.fill();

        ServerInfo server = live.store.server();

        assertThat(server.version()).isEqualTo(server.clientVersion()).matches("\\d+(\\.\\d+)?");
        assertThat(server.versionNumber()).isGreaterThan(100000);
        assertThat(server.mayCreateDatabases()).isTrue();
        assertThat(server.encoding()).isEqualTo("UTF8");
        assertThat(server.databaseBytes()).isGreaterThan(1_000_000);
        assertThat(server.roles()).contains("druid", "postgres");
        assertThat(server.ownRoles()).containsExactly("druid");
        assertThat(server.systemIdentifier())
                .hasValueSatisfying(id -> assertThat(id).matches("\\d{10,}"));
    }

    @Test
    void a_role_that_may_not_ask_for_the_system_identifier_gets_none() {
        live.postgres.execute("postgres", "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        try {
            assertThat(live.store.server().systemIdentifier()).isEmpty();
        } finally {
            live.postgres.execute("postgres", "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC");
        }
    }

    @Test
    @Tag("MD-20")
    void a_wrong_password_fails_for_good_and_leaves_the_last_dump() throws Exception {
        live.fill();
        PostgresDatabase locked =
                Stores.druid(live.postgres.local(), live.postgres.settings(live.name, "druid", "wrong"));
        Path file = Files.writeString(folder.resolve("dump.sql"), "the last good one");

        assertThatThrownBy(() -> locked.dump(file, warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("password authentication failed")
                .extracting(failure -> ((StepFailure) failure).hint())
                .isEqualTo("Set the right user and password.");
        assertThat(Files.readString(file)).isEqualTo("the last good one");
        assertThat(folder.toFile().list()).containsExactly("dump.sql");
        assertThatThrownBy(() -> locked.awaitReady(Duration.ofSeconds(30))).isInstanceOf(StepFailure.Failed.class);
    }

    @Test
    void a_missing_database_and_a_missing_role_fail_for_good() {
        assertThatThrownBy(() -> live.store.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("database \"" + live.name + "\" does not exist");
        PostgresDatabase unknown = Stores.druid(
                live.postgres.container(Map.of("POSTGRES_USER", new Secret("nobody_knows")), false),
                live.postgres.containerSettings(live.name));
        assertThatThrownBy(() -> unknown.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("role \"nobody_knows\" does not exist");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    @Tag("MD-12")
    void a_database_without_the_tables_of_druid_is_no_backup() {
        live.postgres.execute("postgres", "CREATE DATABASE " + live.name + " OWNER druid");

        assertThatThrownBy(() -> live.store.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("druid_segments");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_may_come_back() {
        PostgresDatabase away = Stores.druid(
                live.postgres.local(),
                new MetadataSettings(
                        "postgres",
                        live.name,
                        Optional.of("druid"),
                        Optional.empty(),
                        Optional.of("127.0.0.1"),
                        1,
                        Duration.ofMinutes(1)));

        assertThatThrownBy(() -> away.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE))
                .isInstanceOf(StepFailure.Unavailable.class);
        assertThatThrownBy(() -> away.awaitReady(Duration.ofMillis(600)))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("not ready");
        live.store.awaitReady(Duration.ofSeconds(30));
    }

    @Test
    @Tag("DK-05")
    @Tag("MD-11")
    void a_container_gives_its_own_user_and_password() {
        live.fill();
        MemoryHost container = live.postgres.container(
                Map.of("POSTGRES_USER", new Secret("druid"), "POSTGRES_PASSWORD", new Secret(PostgresFixture.PASSWORD)),
                true);
        live = live.through(Stores.druid(container, live.postgres.containerSettings(live.name)));

        DumpSummary dump = live.store.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE);
        live.restore(folder.resolve("dump.sql"), dump);

        assertThat(live.store.rows(live.name)).isEqualTo(dump.rows());
        assertThat(container.commands)
                .hasSizeGreaterThan(5)
                .flatExtracting(Command::arguments)
                .noneMatch(argument -> argument.contains("p@:"));
    }

    @Test
    @Tag("MD-11")
    void a_container_without_a_user_is_a_wrong_setting() {
        for (Map<String, Secret> environment :
                List.of(Map.<String, Secret>of(), Map.of("POSTGRES_USER", new Secret(" ")))) {
            PostgresDatabase nameless = Stores.druid(
                    live.postgres.container(environment, false), live.postgres.containerSettings(live.name));
            assertThatThrownBy(() -> nameless.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE))
                    .isInstanceOf(StepFailure.Unusable.class)
                    .hasMessageContaining("POSTGRES_USER");
        }
        PostgresDatabase blank = Stores.druid(live.postgres.local(), live.postgres.settings(" "));
        assertThatThrownBy(blank::server).isInstanceOf(StepFailure.Unusable.class);
    }

    @Test
    @Tag("MD-20")
    @Tag("SE-01")
    void passwords_are_never_among_the_arguments() {
        live.fill();
        MemoryHost host = live.postgres.local();
        live = live.through(Stores.druid(host, live.postgres.settings(live.name)));

        live.store.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE);
        live.restore(Dumps.SCRIPT, new PostgresDumps().read(Dumps.SCRIPT, segment -> {}));

        assertThat(host.commands)
                .hasSizeGreaterThan(5)
                .flatExtracting(Command::arguments)
                .noneMatch(argument -> argument.contains("p@:"));
    }
}
