package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metabase.postgres.MetabaseProfile;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was dumped comes back, whatever the target holds. */
class PostgresDatabaseTest {
    @TempDir
    private Path folder;

    private LiveDatabase live;

    @BeforeEach
    void a_database_of_its_own() throws Exception {
        live = new LiveDatabase(folder);
    }

    @Test
    @Tag("MD-18")
    @Tag("SE-03")
    void what_was_dumped_is_loaded_compared_and_swapped_in() throws Exception {
        live.fill();
        Path file = folder.resolve("druid_metadata_dump.sql");

        DumpSummary dump = live.store.dump(file, warning -> {}, Meter.NONE);

        DumpSummary script = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        assertThat(dump.rows()).isEqualTo(script.rows()).isEqualTo(live.store.rows(live.name));
        assertThat(dump.datasources()).isEqualTo(script.datasources());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("druid_metadata_dump.sql");

        live.execute("DELETE FROM druid_segments; DROP TABLE druid_rules");
        live.restore(file, dump);

        assertThat(live.store.rows(live.name)).isEqualTo(dump.rows());
        assertThat(live.store.dump(folder.resolve("again.sql"), warning -> {}, Meter.NONE))
                .isEqualTo(dump);
        assertThat(Dumps.content(folder.resolve("again.sql"))).isEqualTo(Dumps.content(file));
        assertThat(live.store.exists(live.kept)).isTrue();
        assertThat(live.postgres.query(live.kept, "SELECT count(*) FROM druid_segments"))
                .isEqualTo("0");
        assertThat(live.owner()).isEqualTo("druid");
    }

    @Test
    @Tag("MD-07")
    void a_restore_onto_a_filled_database_ends_with_exactly_the_rows_of_the_dump() {
        live.fill();
        live.execute("DELETE FROM druid_segments WHERE datasource = 'wiki';"
                + "INSERT INTO druid_rules SELECT 'x', datasource, version, payload FROM druid_rules LIMIT 1;"
                + "CREATE TABLE druid_extra (id int); INSERT INTO druid_extra VALUES (1)");
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});

        live.restore(Dumps.SCRIPT, dump);

        assertThat(live.store.rows(live.name)).isEqualTo(dump.rows());
        assertThat(live.query("SELECT last_value FROM druid_audit_id_seq")).isEqualTo("5");
        assertThat(live.query("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"))
                .isEqualTo(
                        live.postgres.query(live.kept, "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"));
    }

    @Test
    @Tag("MD-07")
    void a_second_restore_gives_the_same_rows() {
        live.fill();
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});

        live.restore(Dumps.SCRIPT, dump);
        live.in(new RunMark("20261124-030000")).restore(Dumps.SCRIPT, dump);

        assertThat(live.store.rows(live.name)).isEqualTo(dump.rows());
    }

    @Test
    void a_fresh_server_without_the_database_gets_it() {
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});

        assertThat(live.store.server().encoding()).isEmpty();
        live.restore(Dumps.SCRIPT, dump);

        assertThat(live.store.rows(live.name)).isEqualTo(dump.rows());
    }

    @Test
    void a_restore_onto_a_server_without_the_database_is_taken_back_to_an_empty_one() {
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        live.restore(Dumps.SCRIPT, dump);

        assertThat(live.store.exists(live.kept)).isTrue();
        live.store.swapBack(live.kept, live.store.names().aside(new RunMark("20261124-020000")));

        assertThat(live.store.rows(live.name)).isEmpty();
    }

    @Test
    void a_side_database_of_an_earlier_try_is_replaced() {
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        live.store.createSide(live.side);
        live.store.loadSide(live.side, Dumps.SCRIPT, dump, Meter.NONE);

        live.store.createSide(live.side);
        assertThat(live.store.rows(live.side)).isEmpty();
        live.store.loadSide(live.side, Dumps.SCRIPT, dump, Meter.NONE);

        assertThat(live.store.rows(live.side)).isEqualTo(dump.rows());
    }

    @Test
    @Tag("MB-10")
    void metabase_is_dumped_and_replaced_the_same_way() {
        live.postgres.execute("postgres", "CREATE DATABASE " + live.name + " OWNER druid");
        live.execute(
                "CREATE TABLE core_user (id int, name text); INSERT INTO core_user VALUES (1, 'a'), (2, E'b\\n');"
                        + "CREATE TABLE databasechangelog (id text); ALTER TABLE core_user OWNER TO druid; ALTER TABLE databasechangelog OWNER TO druid");
        live = live.through(
                new PostgresDatabase(live.postgres.local(), live.postgres.settings(live.name), new MetabaseProfile()));

        DumpSummary dump = live.store.dump(folder.resolve("metabase_dump.sql"), warning -> {}, Meter.NONE);
        live.execute("DELETE FROM core_user");
        live.restore(folder.resolve("metabase_dump.sql"), dump);

        assertThat(live.store.rows(live.name)).containsEntry("core_user", 2L).containsEntry("databasechangelog", 0L);
    }

    @Test
    void names_that_are_hard_to_quote_survive() throws Exception {
        live = new LiveDatabase(folder, "odd \"name' = \\ ü").in(new RunMark("r1"));
        live.postgres.execute("postgres", "CREATE DATABASE " + Sql.identifier(live.name) + " OWNER druid");
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        live.restore(Dumps.SCRIPT, dump);
        assertThat(live.store.leftovers()).contains(live.kept);
        live.store.drop(live.kept);

        assertThat(live.store
                        .dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE)
                        .rows())
                .isEqualTo(dump.rows());

        assertThat(live.store.leftovers()).doesNotContain(live.kept);
        assertThat(live.store.exists(live.name)).isTrue();
    }

    @Test
    @Tag("MD-02")
    void tables_and_values_that_are_hard_to_quote_survive() {
        live.fill();
        live.execute(
                "CREATE SCHEMA \"other one\"; CREATE TABLE \"other one\".\"it's \"\"odd\"\", (x)\" (\"a b\" text, \"c,\"\"d\" text);"
                        + "INSERT INTO \"other one\".\"it's \"\"odd\"\", (x)\" VALUES (E'\\\\restrict x\\r\\n\\t\\\\.', NULL), ('', E'\\\\N');"
                        + "CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES; INSERT INTO bare DEFAULT VALUES;"
                        + "UPDATE druid_segments SET datasource = 'métriques ☃' WHERE datasource = 'wiki'; ALTER SCHEMA \"other one\" OWNER TO druid;"
                        + "ALTER TABLE \"other one\".\"it's \"\"odd\"\", (x)\" OWNER TO druid; ALTER TABLE bare OWNER TO druid;");
        String hash = "SELECT md5(string_agg(t::text, '|')) FROM \"other one\".\"it's \"\"odd\"\", (x)\" t";
        String before = live.query(hash);

        DumpSummary dump = live.store.dump(folder.resolve("dump.sql"), warning -> {}, Meter.NONE);
        live.restore(folder.resolve("dump.sql"), dump);

        assertThat(dump.rows()).containsEntry("other one.it's \"odd\", (x)", 2L).containsEntry("bare", 2L);
        assertThat(dump.datasources()).containsKey("métriques ☃");
        assertThat(live.query(hash)).isEqualTo(before);
    }
}
