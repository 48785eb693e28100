package dolmen.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.CountingMeter;
import dolmen.model.DumpSummary;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Command;
import dolmen.stack.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataStoreTest {
    private static int count;

    @TempDir
    private Path folder;

    private PostgresFixture postgres;
    private String database;
    private String side;
    private String kept;
    private MetadataStore store;

    @BeforeEach
    void start() throws Exception {
        postgres = PostgresFixture.shared();
        database = "store" + count++;
        store = new MetadataStore(postgres.local(), postgres.settings(database));
        side = store.names().fresh("20261124-020000");
        kept = store.names().old("20261124-020000");
    }

    @Test
    void the_server_tells_what_it_is() {
        postgres.fill(database, Dumps.SCRIPT);

        ServerInfo server = store.server();

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
        postgres.execute("postgres", "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        try {
            assertThat(store.server().systemIdentifier()).isEmpty();
        } finally {
            postgres.execute("postgres", "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC");
        }
    }

    @Test
    @Tag("MD-18")
    @Tag("SE-03")
    void what_was_dumped_is_loaded_compared_and_swapped_in() throws Exception {
        postgres.fill(database, Dumps.SCRIPT);
        Path file = folder.resolve("druid_metadata_dump.sql");

        DumpSummary dump = store.dump(file);

        DumpSummary script = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});
        assertThat(dump.rows()).isEqualTo(script.rows()).isEqualTo(store.rows(database));
        assertThat(dump.datasources()).isEqualTo(script.datasources());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly("druid_metadata_dump.sql");

        postgres.execute(database, "DELETE FROM druid_segments; DROP TABLE druid_rules");
        restore(file, dump);

        assertThat(store.rows(database)).isEqualTo(dump.rows());
        assertThat(store.dump(folder.resolve("again.sql"))).isEqualTo(dump);
        assertThat(content(folder.resolve("again.sql"))).isEqualTo(content(file));
        assertThat(store.exists(kept)).isTrue();
        assertThat(postgres.query(kept, "SELECT count(*) FROM druid_segments")).isEqualTo("0");
        assertThat(owner(database)).isEqualTo("druid");
    }

    @Test
    void a_dump_is_counted_as_it_is_written_and_read_back_and_a_load_as_it_is_read_and_loaded() throws Exception {
        postgres.fill(database, Dumps.SCRIPT);
        CountingMeter dumped = new CountingMeter();
        Path file = folder.resolve("druid_metadata_dump.sql");
        DumpSummary dump = new MetadataStore(postgres.local(), postgres.settings(database), () -> dumped).dump(file);

        assertThat(dumped.expected()).isEqualTo(2 * Files.size(file));
        assertThat(dumped.done()).isEqualTo(2 * Files.size(file));

        CountingMeter loaded = new CountingMeter();
        MetadataStore counting = new MetadataStore(postgres.local(), postgres.settings(database), () -> loaded);
        counting.createSide(side);
        counting.loadSide(side, file, dump);

        assertThat(loaded.expected()).isEqualTo(2 * Files.size(file));
        assertThat(loaded.done()).isEqualTo(2 * Files.size(file));
    }

    @Test
    void a_script_that_differs_from_the_dump_is_counted_once_more_as_it_is_written() throws Exception {
        Path newer = Files.writeString(
                folder.resolve("newer.sql"),
                content(Dumps.SCRIPT)
                        .replaceFirst("SET lock_timeout", "COMMENT ON SCHEMA public IS 'x';\nSET lock_timeout"));
        DumpSummary dump = MetadataDumpReader.read(newer, segment -> {});
        CountingMeter meter = new CountingMeter();
        MetadataStore counting = new MetadataStore(postgres.local(), postgres.settings(database), () -> meter);
        counting.createSide(side);

        counting.loadSide(side, newer, dump);

        long bytes = Files.size(newer);
        assertThat(meter.expected()).isBetween(3 * bytes - 100, 3 * bytes - 1);
        assertThat(meter.done()).isEqualTo(meter.expected());
    }

    @Test
    void how_far_psql_has_read_is_told_while_it_loads() throws Exception {
        StringBuilder rows = new StringBuilder("CREATE TABLE long (line text);\nCOPY long (line) FROM stdin;\n");
        rows.append(("x".repeat(99) + "\n").repeat(20_000)).append("\\.\n");
        Path script =
                Files.writeString(folder.resolve("long.sql"), rows + "SELECT pg_sleep(4);\n" + "--\n".repeat(50_000));
        CountingMeter meter = new CountingMeter();
        PostgresClient client = new PostgresClient(postgres.local(), postgres.settings(database));
        store.createSide(side);

        CompletableFuture<Outcome> load = CompletableFuture.supplyAsync(() -> client.load(side, script, meter));

        Awaitility.await().until(() -> meter.done() > 0 || load.isDone());
        assertThat(load).isNotDone();
        assertThat(meter.done()).isBetween(2_000_000L, 2_100_000L);
        assertThat(load.get().succeeded()).isTrue();
        assertThat(meter.done()).isEqualTo(Files.size(script)).isEqualTo(meter.expected());
    }

    @Test
    @Tag("MD-07")
    void a_restore_onto_a_filled_database_ends_with_exactly_the_rows_of_the_dump() {
        postgres.fill(database, Dumps.SCRIPT);
        postgres.execute(
                database,
                "DELETE FROM druid_segments WHERE datasource = 'wiki';"
                        + "INSERT INTO druid_rules SELECT 'x', datasource, version, payload FROM druid_rules LIMIT 1;"
                        + "CREATE TABLE druid_extra (id int); INSERT INTO druid_extra VALUES (1)");
        DumpSummary dump = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});

        restore(Dumps.SCRIPT, dump);

        assertThat(store.rows(database)).isEqualTo(dump.rows());
        assertThat(postgres.query(database, "SELECT last_value FROM druid_audit_id_seq"))
                .isEqualTo("5");
        assertThat(postgres.query(database, "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"))
                .isEqualTo(postgres.query(kept, "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"));
    }

    @Test
    @Tag("MD-07")
    void a_second_restore_gives_the_same_rows() {
        postgres.fill(database, Dumps.SCRIPT);
        DumpSummary dump = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});

        restore(Dumps.SCRIPT, dump);
        side = store.names().fresh("20261124-030000");
        kept = store.names().old("20261124-030000");
        restore(Dumps.SCRIPT, dump);

        assertThat(store.rows(database)).isEqualTo(dump.rows());
    }

    @Test
    void a_fresh_server_without_the_database_gets_it() {
        DumpSummary dump = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});

        assertThat(store.server().encoding()).isEmpty();
        restore(Dumps.SCRIPT, dump);

        assertThat(store.rows(database)).isEqualTo(dump.rows());
    }

    @Test
    void a_restore_onto_a_server_without_the_database_is_taken_back_to_an_empty_one() {
        DumpSummary dump = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});
        restore(Dumps.SCRIPT, dump);

        assertThat(store.exists(kept)).isTrue();
        store.swapBack(kept, store.names().aside("20261124-020000"));

        assertThat(store.rows(database)).isEmpty();
    }

    @Test
    @Tag("MD-03")
    void a_wrong_statement_in_the_middle_is_named_and_the_live_database_stays() throws Exception {
        postgres.fill(database, Dumps.SCRIPT);
        Path wrong = write(
                Dumps.script()
                        .replace(
                                "CREATE INDEX idx_druid_tasklogs_task_id ",
                                "ALTER TABLE public.no_such_table ADD COLUMN x int;\nCREATE INDEX idx_druid_tasklogs_task_id "));
        DumpSummary dump = MetadataDumpReader.read(wrong, segment -> {});
        long line = Files.readString(wrong)
                .substring(0, Files.readString(wrong).indexOf("no_such_table"))
                .lines()
                .count();

        store.createSide(side);
        assertThatThrownBy(() -> store.loadSide(side, wrong, dump))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("relation \"public.no_such_table\" does not exist")
                .hasMessageContaining("line " + line)
                .hasMessageContaining("ALTER TABLE public.no_such_table");

        assertThat(store.rows(side)).isEmpty();
        assertThat(store.rows(database)).isEqualTo(dump.rows());
    }

    @Test
    void data_that_cannot_be_loaded_is_not_in_the_message() throws Exception {
        Path wrong = write(Dumps.script().replaceFirst("(?m)^1\tsup1", "secret-value\tsup1"));
        DumpSummary dump = MetadataDumpReader.read(wrong, segment -> {});

        store.createSide(side);
        assertThatThrownBy(() -> store.loadSide(side, wrong, dump))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("invalid input syntax for type bigint")
                .hasMessageContaining("COPY druid_supervisors, line 1, column id")
                .message()
                .doesNotContain("secret-value");
    }

    @Test
    @Tag("MB-10")
    @Tag("MD-03")
    @Tag("MD-18")
    void rows_that_got_lost_are_named_with_both_counts() throws Exception {
        DumpSummary dump = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});
        Map<String, Long> rows = new TreeMap<>(dump.rows());
        rows.put("druid_segments", 13L);
        rows.put("druid_lost", 1L);
        rows.remove("druid_config");
        DumpSummary other = new DumpSummary(
                dump.serverVersion(),
                dump.clientVersion(),
                new TreeMap<>(rows),
                dump.datasources(),
                dump.loadSpecs(),
                dump.roles());

        store.createSide(side);
        assertThatThrownBy(() -> store.loadSide(side, Dumps.SCRIPT, other))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("druid_segments has 12 rows instead of 13")
                .hasMessageContaining("druid_lost is missing")
                .hasMessageContaining("druid_config is not in the dump but has 2 rows");
    }

    @Test
    void a_dump_that_is_cut_in_its_rows_never_reaches_the_database() throws Exception {
        String whole = Dumps.script();
        Path cut = write(whole.substring(0, whole.indexOf("COPY public.druid_segments") + 3000));
        DumpSummary dump = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});

        store.createSide(side);
        assertThatThrownBy(() -> store.loadSide(side, cut, dump))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("druid_segments");
        assertThat(store.rows(side)).isEmpty();
    }

    @Test
    void a_side_database_of_an_earlier_try_is_replaced() {
        DumpSummary dump = MetadataDumpReader.read(Dumps.SCRIPT, segment -> {});
        store.createSide(side);
        store.loadSide(side, Dumps.SCRIPT, dump);

        store.createSide(side);
        assertThat(store.rows(side)).isEmpty();
        store.loadSide(side, Dumps.SCRIPT, dump);

        assertThat(store.rows(side)).isEqualTo(dump.rows());
    }

    @Test
    void the_side_database_takes_over_rights_settings_and_limits_of_the_live_one() {
        postgres.fill(database, Dumps.SCRIPT);
        postgres.execute("postgres", "DROP ROLE IF EXISTS watcher");
        postgres.execute("postgres", "CREATE ROLE watcher");
        postgres.execute("postgres", "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        postgres.execute("postgres", "GRANT CONNECT ON DATABASE " + database + " TO watcher");
        postgres.execute("postgres", "ALTER DATABASE " + database + " SET search_path = public, other");
        postgres.execute("postgres", "ALTER DATABASE " + database + " SET work_mem = '7MB'");
        postgres.execute("postgres", "ALTER DATABASE " + database + " CONNECTION LIMIT 17");
        String properties = "SELECT (d.datacl, d.datconnlimit, s.setconfig)::text FROM pg_database d"
                + " LEFT JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0 WHERE datname = '";
        String before = postgres.query("postgres", properties + database + "'");

        restore(Dumps.SCRIPT, MetadataDumpReader.read(Dumps.SCRIPT, segment -> {}));

        assertThat(postgres.query("postgres", properties + database + "'")).isEqualTo(before);
        postgres.execute("postgres", "DROP OWNED BY watcher");
    }

    @Test
    void a_user_who_may_not_create_databases_is_refused() {
        postgres.execute("postgres", "DROP ROLE IF EXISTS modest");
        postgres.execute("postgres", "CREATE ROLE modest LOGIN PASSWORD 'x'");
        MetadataStore modest = new MetadataStore(postgres.local(), postgres.settings(database, "modest", "x"));

        assertThatThrownBy(() -> modest.createSide(side))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining(database);
    }

    @Test
    @Tag("MD-20")
    void a_wrong_password_fails_for_good_and_leaves_the_last_dump() throws Exception {
        postgres.fill(database, Dumps.SCRIPT);
        MetadataStore locked = new MetadataStore(postgres.local(), postgres.settings(database, "druid", "wrong"));
        Path file = Files.writeString(folder.resolve("dump.sql"), "the last good one");

        assertThatThrownBy(() -> locked.dump(file))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("password authentication failed")
                .extracting(failure -> ((StepFailure) failure).hint())
                .isEqualTo("Set the right user and password.");
        assertThat(Files.readString(file)).isEqualTo("the last good one");
        assertThat(files()).containsExactly("dump.sql");
        assertThatThrownBy(() -> locked.awaitReady(Duration.ofSeconds(30))).isInstanceOf(StepFailure.Failed.class);
    }

    @Test
    void a_missing_database_and_a_missing_role_fail_for_good() {
        assertThatThrownBy(() -> store.dump(folder.resolve("dump.sql")))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("database \"" + database + "\" does not exist");
        MetadataStore unknown = new MetadataStore(
                postgres.container(Map.of("POSTGRES_USER", new Secret("nobody_knows")), false),
                postgres.containerSettings(database));
        assertThatThrownBy(() -> unknown.dump(folder.resolve("dump.sql")))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("role \"nobody_knows\" does not exist");
        assertThat(files()).isEmpty();
    }

    @Test
    @Tag("MD-12")
    void a_database_without_the_tables_of_druid_is_no_backup() {
        postgres.execute("postgres", "CREATE DATABASE " + database + " OWNER druid");

        assertThatThrownBy(() -> store.dump(folder.resolve("dump.sql")))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("druid_segments");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_may_come_back() {
        MetadataStore away = new MetadataStore(
                postgres.local(),
                new MetadataSettings(
                        "postgres",
                        database,
                        Optional.of("druid"),
                        Optional.empty(),
                        Optional.of("127.0.0.1"),
                        1,
                        Duration.ofMinutes(1)));

        assertThatThrownBy(() -> away.dump(folder.resolve("dump.sql"))).isInstanceOf(StepFailure.Unavailable.class);
        assertThatThrownBy(() -> away.awaitReady(Duration.ofMillis(600)))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("not ready");
        store.awaitReady(Duration.ofSeconds(30));
    }

    @Test
    @Tag("DK-05")
    @Tag("MD-11")
    void a_container_gives_its_own_user_and_password() {
        postgres.fill(database, Dumps.SCRIPT);
        TestHost container = postgres.container(
                Map.of("POSTGRES_USER", new Secret("druid"), "POSTGRES_PASSWORD", new Secret(PostgresFixture.PASSWORD)),
                true);
        store = new MetadataStore(container, postgres.containerSettings(database));

        DumpSummary dump = store.dump(folder.resolve("dump.sql"));
        restore(folder.resolve("dump.sql"), dump);

        assertThat(store.rows(database)).isEqualTo(dump.rows());
        assertThat(container.commands())
                .flatExtracting(Command::arguments)
                .noneMatch(argument -> argument.contains("p@:"));
    }

    @Test
    @Tag("MD-11")
    void a_container_without_a_user_is_a_wrong_setting() {
        for (Map<String, Secret> environment :
                List.of(Map.<String, Secret>of(), Map.of("POSTGRES_USER", new Secret(" ")))) {
            MetadataStore nameless =
                    new MetadataStore(postgres.container(environment, false), postgres.containerSettings(database));
            assertThatThrownBy(() -> nameless.dump(folder.resolve("dump.sql")))
                    .isInstanceOf(StepFailure.Unusable.class)
                    .hasMessageContaining("POSTGRES_USER");
        }
        MetadataStore blank = new MetadataStore(postgres.local(), postgres.settings(" "));
        assertThatThrownBy(blank::server).isInstanceOf(StepFailure.Unusable.class);
    }

    @Test
    @Tag("MD-20")
    @Tag("SE-01")
    void passwords_are_never_among_the_arguments() {
        postgres.fill(database, Dumps.SCRIPT);
        TestHost host = postgres.local();
        store = new MetadataStore(host, postgres.settings(database));

        store.dump(folder.resolve("dump.sql"));
        restore(Dumps.SCRIPT, MetadataDumpReader.read(Dumps.SCRIPT, segment -> {}));

        assertThat(host.commands())
                .hasSizeGreaterThan(5)
                .flatExtracting(Command::arguments)
                .noneMatch(argument -> argument.contains("p@:"));
    }

    @Test
    void names_that_are_hard_to_quote_survive() {
        database = "odd \"name' = \\ ü";
        store = new MetadataStore(postgres.local(), postgres.settings(database));
        side = store.names().fresh("r1");
        kept = store.names().old("r1");
        postgres.execute("postgres", "CREATE DATABASE " + Sql.identifier(database) + " OWNER druid");
        restore(Dumps.SCRIPT, MetadataDumpReader.read(Dumps.SCRIPT, segment -> {}));
        store.drop(kept);

        store.dump(folder.resolve("dump.sql"));

        assertThat(store.leftovers()).doesNotContain(kept);
        assertThat(store.exists(database)).isTrue();
    }

    @Test
    @Tag("MD-02")
    void tables_and_values_that_are_hard_to_quote_survive() {
        postgres.fill(database, Dumps.SCRIPT);
        postgres.execute(
                database,
                "CREATE SCHEMA \"other one\"; CREATE TABLE \"other one\".\"it's \"\"odd\"\", (x)\" (\"a b\" text, \"c,\"\"d\" text);"
                        + "INSERT INTO \"other one\".\"it's \"\"odd\"\", (x)\" VALUES (E'\\\\restrict x\\r\\n\\t\\\\.', NULL), ('', E'\\\\N');"
                        + "CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES; INSERT INTO bare DEFAULT VALUES;"
                        + "UPDATE druid_segments SET datasource = 'métriques ☃' WHERE datasource = 'wiki'; ALTER SCHEMA \"other one\" OWNER TO druid;"
                        + "ALTER TABLE \"other one\".\"it's \"\"odd\"\", (x)\" OWNER TO druid; ALTER TABLE bare OWNER TO druid;");
        String hash = "SELECT md5(string_agg(t::text, '|')) FROM \"other one\".\"it's \"\"odd\"\", (x)\" t";
        String before = postgres.query(database, hash);

        DumpSummary dump = store.dump(folder.resolve("dump.sql"));
        restore(folder.resolve("dump.sql"), dump);

        assertThat(dump.rows()).containsEntry("other one.it's \"odd\", (x)", 2L).containsEntry("bare", 2L);
        assertThat(dump.datasources()).containsKey("métriques ☃");
        assertThat(postgres.query(database, hash)).isEqualTo(before);
    }

    @Test
    @Tag("MD-06")
    void a_dump_with_a_role_that_the_target_lacks_loads_without_errors() throws Exception {
        Path foreign = write(Dumps.script().replace("OWNER TO druid;", "OWNER TO stranger;"));
        DumpSummary dump = MetadataDumpReader.read(foreign, segment -> {});

        restore(foreign, dump);

        assertThat(store.rows(database)).isEqualTo(dump.rows());
        assertThat(postgres.query(database, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("druid");
    }

    @Test
    @Tag("MD-06")
    void the_owner_of_the_database_owns_every_table_even_when_another_user_restores() throws Exception {
        postgres.fill(database, Dumps.SCRIPT);
        Path foreign = write(Dumps.script().replace("OWNER TO druid;", "OWNER TO stranger;"));
        DumpSummary dump = MetadataDumpReader.read(foreign, segment -> {});
        store = new MetadataStore(postgres.local(), postgres.settings(database, "postgres", PostgresFixture.PASSWORD));

        restore(foreign, dump);

        assertThat(owner(database)).isEqualTo("druid");
        assertThat(postgres.query(
                        database,
                        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
                                + " WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("druid");
    }

    @Test
    @Tag("MD-08")
    void a_dump_of_a_newer_major_version_is_refused() throws Exception {
        Path newer = write(Dumps.script().replaceFirst("from database version 15", "from database version 99"));
        DumpSummary dump = MetadataDumpReader.read(newer, segment -> {});

        store.createSide(side);
        assertThatThrownBy(() -> store.loadSide(side, newer, dump))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("99.18")
                .hasMessageContaining(store.server().version());
        assertThat(store.rows(side)).isEmpty();
    }

    @Test
    @Tag("MB-10")
    void metabase_is_dumped_and_replaced_the_same_way() {
        postgres.execute("postgres", "CREATE DATABASE " + database + " OWNER druid");
        postgres.execute(
                database,
                "CREATE TABLE core_user (id int, name text); INSERT INTO core_user VALUES (1, 'a'), (2, E'b\\n');"
                        + "CREATE TABLE databasechangelog (id text); ALTER TABLE core_user OWNER TO druid; ALTER TABLE databasechangelog OWNER TO druid");
        store = new MetadataStore(postgres.local(), postgres.settings(database), DumpProfile.METABASE);

        DumpSummary dump = store.dump(folder.resolve("metabase_dump.sql"));
        postgres.execute(database, "DELETE FROM core_user");
        restore(folder.resolve("metabase_dump.sql"), dump);

        assertThat(store.rows(database)).containsEntry("core_user", 2L).containsEntry("databasechangelog", 0L);
    }

    @Test
    @Tag("MD-21")
    void other_databases_and_roles_are_not_touched() {
        postgres.fill(database, Dumps.SCRIPT);
        String other = database + "_metabase";
        postgres.execute("postgres", "CREATE DATABASE " + other);
        postgres.execute(
                other, "CREATE TABLE core_user AS SELECT n AS id, md5(n::text) AS name FROM generate_series(1, 9) n");
        String content = "SELECT oid || md5((SELECT string_agg(u::text, '|' ORDER BY id) FROM core_user u))"
                + " FROM pg_database WHERE datname = current_database()";
        String before = postgres.query(other, content);
        String roles = postgres.query("postgres", "SELECT md5(string_agg(a::text, '|' ORDER BY oid)) FROM pg_authid a");

        restore(Dumps.SCRIPT, MetadataDumpReader.read(Dumps.SCRIPT, segment -> {}));

        assertThat(postgres.query(other, content)).isEqualTo(before);
        assertThat(postgres.query("postgres", "SELECT md5(string_agg(a::text, '|' ORDER BY oid)) FROM pg_authid a"))
                .isEqualTo(roles);
    }

    private void restore(Path file, DumpSummary dump) {
        store.createSide(side);
        store.loadSide(side, file, dump);
        store.swap(side, kept);
    }

    private String owner(String name) {
        return postgres.query(
                "postgres", "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '" + name + "'");
    }

    private Path write(String dump) throws Exception {
        return Files.writeString(folder.resolve("changed.sql"), dump);
    }

    private Stream<String> files() {
        return Stream.of(folder.toFile().list());
    }

    private static String content(Path dump) throws Exception {
        return Files.readString(dump).replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }
}
