package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.DumpSummary;
import dolmen.model.StepFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns a restored database and may use it; other databases and the roles stay as they are. */
class OwnersAndRightsTest {
    @TempDir
    private Path folder;

    private LiveDatabase live;

    @BeforeEach
    void a_database_of_its_own() throws Exception {
        live = new LiveDatabase(folder);
    }

    @Test
    void the_side_database_takes_over_rights_settings_and_limits_of_the_live_one() {
        live.fill();
        live.postgres.execute("postgres", "DROP ROLE IF EXISTS watcher");
        live.postgres.execute("postgres", "CREATE ROLE watcher");
        live.postgres.execute("postgres", "REVOKE ALL ON DATABASE " + live.name + " FROM PUBLIC");
        live.postgres.execute("postgres", "GRANT CONNECT ON DATABASE " + live.name + " TO watcher");
        live.postgres.execute("postgres", "ALTER DATABASE " + live.name + " SET search_path = public, other");
        live.postgres.execute("postgres", "ALTER DATABASE " + live.name + " SET work_mem = '7MB'");
        live.postgres.execute("postgres", "ALTER DATABASE " + live.name + " CONNECTION LIMIT 17");
        String properties = "SELECT (d.datacl, d.datconnlimit, s.setconfig)::text FROM pg_database d"
                + " LEFT JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0 WHERE datname = '";
        String before = live.postgres.query("postgres", properties + live.name + "'");

        live.restore(Dumps.SCRIPT, new PostgresDumps().read(Dumps.SCRIPT, segment -> {}));

        assertThat(live.postgres.query("postgres", properties + live.name + "'"))
                .isEqualTo(before);
        live.postgres.execute("postgres", "DROP OWNED BY watcher");
    }

    @Test
    void a_user_who_may_not_create_databases_is_refused() {
        live.postgres.execute("postgres", "DROP ROLE IF EXISTS modest");
        live.postgres.execute("postgres", "CREATE ROLE modest LOGIN PASSWORD 'x'");
        PostgresDatabase modest = Stores.druid(live.postgres.local(), live.postgres.settings(live.name, "modest", "x"));

        assertThatThrownBy(() -> modest.createSide(live.side))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining(live.name);
    }

    @Test
    @Tag("MD-06")
    void a_dump_with_a_role_that_the_target_lacks_loads_without_errors() throws Exception {
        Path foreign = live.changed(Dumps.script().replace("OWNER TO druid;", "OWNER TO stranger;"));
        DumpSummary dump = new PostgresDumps().read(foreign, segment -> {});

        live.restore(foreign, dump);

        assertThat(live.store.rows(live.name)).isEqualTo(dump.rows());
        assertThat(live.query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("druid");
    }

    @Test
    @Tag("MD-06")
    void the_owner_of_the_database_owns_every_table_even_when_another_user_restores() throws Exception {
        live.fill();
        Path foreign = live.changed(Dumps.script().replace("OWNER TO druid;", "OWNER TO stranger;"));
        DumpSummary dump = new PostgresDumps().read(foreign, segment -> {});
        live = live.through(Stores.druid(
                live.postgres.local(), live.postgres.settings(live.name, "postgres", PostgresFixture.PASSWORD)));

        live.restore(foreign, dump);

        assertThat(live.owner()).isEqualTo("druid");
        assertThat(live.query("SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
                        + " WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("druid");
    }

    @Test
    @Tag("MD-21")
    void other_databases_and_roles_are_not_touched() {
        live.fill();
        String other = live.name + "_metabase";
        live.postgres.execute("postgres", "CREATE DATABASE " + other);
        live.postgres.execute(
                other, "CREATE TABLE core_user AS SELECT n AS id, md5(n::text) AS name FROM generate_series(1, 9) n");
        String content = "SELECT oid || md5((SELECT string_agg(u::text, '|' ORDER BY id) FROM core_user u))"
                + " FROM pg_database WHERE datname = current_database()";
        String before = live.postgres.query(other, content);
        String roles =
                live.postgres.query("postgres", "SELECT md5(string_agg(a::text, '|' ORDER BY oid)) FROM pg_authid a");

        live.restore(Dumps.SCRIPT, new PostgresDumps().read(Dumps.SCRIPT, segment -> {}));

        assertThat(live.postgres.query(other, content)).isEqualTo(before);
        assertThat(live.postgres.query(
                        "postgres", "SELECT md5(string_agg(a::text, '|' ORDER BY oid)) FROM pg_authid a"))
                .isEqualTo(roles);
    }
}
