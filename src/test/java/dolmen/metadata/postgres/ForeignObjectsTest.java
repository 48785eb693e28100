package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.ForeignObjects;
import dolmen.model.Meter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of thing that is not Druid's is found in a real database that a dump, or another database, would replace. */
@Tag("T9")
class ForeignObjectsTest {
    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");
    private static int count;

    @TempDir
    Path home;

    private static PostgresFixture postgres;
    private String database;
    private DruidMetadata store;

    @BeforeAll
    static void a_server() throws Exception {
        postgres = PostgresFixture.shared();
    }

    private void filled() {
        database = "foreign" + count++;
        postgres.fill(database, SCRIPT);
        store = new PostgresMetadata(postgres.local(), postgres.settings(database));
    }

    @ParameterizedTest(name = "t9_{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "schema reports | CREATE SCHEMA reports",
                "table orders | CREATE TABLE orders AS SELECT generate_series(1, 10000) AS n",
                "table reports.orders | CREATE SCHEMA reports; CREATE TABLE reports.orders (n int)",
                "table parts | CREATE TABLE parts (n int) PARTITION BY RANGE (n)",
                "table alone | DROP TABLE druid_segments; CREATE TABLE alone (n int)",
                "foreign table far | CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; CREATE FOREIGN TABLE far (n int) SERVER s",
                "foreign server s | CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw",
                "user mapping USER MAPPING druid SERVER s | CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; CREATE USER MAPPING FOR druid SERVER s",
                "foreign data wrapper w | CREATE FOREIGN DATA WRAPPER w",
                "extension pgcrypto | CREATE EXTENSION pgcrypto",
                "view used | CREATE VIEW used AS SELECT id FROM druid_segments WHERE used",
                "materialized view kept | CREATE MATERIALIZED VIEW kept AS SELECT 1 AS n",
                "sequence numbers | CREATE SEQUENCE numbers",
                "function twice(integer, text[]) | CREATE FUNCTION twice(n int, text[]) RETURNS int LANGUAGE sql AS 'SELECT 2 * n'",
                "function work() | CREATE PROCEDURE work() LANGUAGE sql AS 'SELECT 1'",
                "type color | CREATE TYPE color AS ENUM ('red')",
                "type pair | CREATE TYPE pair AS (a int, b int)",
                "domain positive | CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
                "large object 4711 | SELECT lo_create(4711)",
                "rule druid_segments no_delete | CREATE RULE no_delete AS ON DELETE TO druid_segments DO INSTEAD NOTHING",
                "trigger druid_segments watch | CREATE TRIGGER watch BEFORE UPDATE ON druid_segments FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "policy druid_segments mine | CREATE POLICY mine ON druid_segments USING (true)",
                "event trigger stop | CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER stop ON ddl_command_end EXECUTE FUNCTION f()",
                "publication changes | CREATE PUBLICATION changes",
                "subscription incoming | CREATE SUBSCRIPTION incoming CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)",
                "default privileges postgres in schema public for r | ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO druid",
                "privilege druid_segments SELECT of pg_monitor | GRANT SELECT ON druid_segments TO pg_monitor",
                "object collation plain | CREATE COLLATION plain (locale = 'C')",
                "object statistics object pairs | CREATE STATISTICS pairs ON id, used FROM druid_segments",
                "comment on the database | COMMENT ON DATABASE @ IS 'ask Ada'",
                "tablespace of the database other | ALTER DATABASE @ SET TABLESPACE other",
                "setting by ALTER ROLE ... IN DATABASE druid statement_timeout | ALTER ROLE druid IN DATABASE @ SET statement_timeout = '5min'"
            })
    void t9_what_a_dump_lacks_would_be_lost(String lost, String made) throws Exception {
        filled();
        Path dump = dumped();
        assertThat(store.live().foreign().lostTo(new PostgresDumps().foreign(dump)))
                .isEmpty();

        make(made);

        assertThat(store.live().foreign().lostTo(new PostgresDumps().foreign(dump)))
                .anyMatch(words -> words.replace("public.", "").equals(lost));
        DruidMetadata all = new PostgresMetadata(
                postgres.local(), postgres.settings(database, "postgres", PostgresFixture.PASSWORD));
        assertThat(all.live().foreign().lostTo(all.live().foreign())).isEmpty();
    }

    private void make(String sql) throws Exception {
        if (sql.contains("TABLESPACE")) {
            postgres.tablespace("other");
        }
        for (String statement : sql.replace("@", database).split(";")) {
            postgres.execute(statement.contains("SET TABLESPACE") ? "postgres" : database, statement);
        }
    }

    @Test
    void t9_what_the_dump_has_too_is_not_lost_and_what_it_has_otherwise_is() throws Exception {
        filled();
        postgres.execute(
                database,
                "CREATE TABLE orders AS SELECT 'ä' AS name, now() AS at, 1.5::float8 AS price;"
                        + "GRANT SELECT ON orders TO druid");
        postgres.execute(database, "CREATE VIEW priced AS SELECT price FROM orders; GRANT SELECT ON priced TO druid");
        Path dump = dumped();
        ForeignObjects before = new PostgresDumps().foreign(dump);
        assertThat(store.live().foreign().lostTo(before)).isEmpty();

        postgres.execute(database, "INSERT INTO orders SELECT 'b', now(), n FROM generate_series(1, 9999) n");
        assertThat(store.live().foreign().lostTo(before)).containsExactly("table orders");
        postgres.execute(database, "DELETE FROM orders WHERE name = 'b'; UPDATE orders SET price = 1.25");
        assertThat(store.live().foreign().lostTo(before)).containsExactly("table orders");
    }

    @Test
    void t9_tables_of_another_druid_in_the_same_database_are_others() throws Exception {
        filled();
        postgres.execute(
                database,
                "CREATE TABLE second_segments AS SELECT * FROM druid_segments; GRANT SELECT ON second_segments TO druid");
        ForeignObjects before = new PostgresDumps().foreign(dumped());
        assertThat(store.live().foreign().lostTo(before)).isEmpty();

        postgres.execute(database, "UPDATE second_segments SET used = NOT used");
        assertThat(store.live().foreign().lostTo(before)).containsExactly("table second_segments");
    }

    @Test
    void t9_a_database_beside_it_is_compared_by_content_too() throws Exception {
        filled();
        make(
                "CREATE VIEW priced AS SELECT 1 AS price; COMMENT ON DATABASE @ IS 'then'; ALTER DATABASE @ SET work_mem = '8MB'");
        ForeignObjects then = store.live().foreign();
        filled();
        make("CREATE VIEW priced AS SELECT 2 AS price; COMMENT ON DATABASE @ IS 'now'");

        assertThat(then.lostTo(store.live().foreign()))
                .containsExactly("view priced", "comment on the database", "setting by ALTER DATABASE work_mem");
    }

    @Test
    void t9_tables_and_sequences_of_druid_s_own_are_none_of_others() throws Exception {
        filled();
        Path empty = Files.writeString(home.resolve("empty.sql"), "");
        ForeignObjects live = store.live().foreign();

        assertThat(live.lostTo(new PostgresDumps().foreign(empty))).isEqualTo(List.of());
        assertThat(live.isDruids("druid_newer", live)).isTrue();
        assertThat(live.isDruids("orders", live)).isFalse();
    }

    private Path dumped() {
        Path dump = home.resolve("druid_metadata_dump.sql");
        store.dump(dump, warning -> {}, Meter.NONE);
        return dump;
    }
}
