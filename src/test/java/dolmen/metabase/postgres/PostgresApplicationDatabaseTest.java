package dolmen.metabase.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.ApplicationDatabaseContract;
import dolmen.metabase.DatabaseKind;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.model.Secret;
import dolmen.settings.MetabaseSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PostgresApplicationDatabaseTest extends ApplicationDatabaseContract {
    private static final String DATABASE = "contract_metabase";
    private static final String OTHERS =
            " FROM pg_database WHERE datname LIKE '" + DATABASE + "%' AND datname <> '" + DATABASE + "'";

    private PostgresFixture postgres;
    private MetabaseStack stack;

    @BeforeEach
    void a_server_with_metabases_database() throws Exception {
        postgres = PostgresFixture.shared();
        postgres.execute("postgres", "CREATE DATABASE " + DATABASE + " OWNER druid");
        stack = new MetabaseStack(
                new MetabaseSettings(
                        MetabaseSettings.Kind.POSTGRES,
                        "postgres",
                        Optional.empty(),
                        "postgres",
                        Optional.of(DATABASE),
                        Optional.of("druid"),
                        Optional.of(new Secret(PostgresFixture.PASSWORD)),
                        Optional.of("127.0.0.1"),
                        postgres.port(),
                        Optional.empty(),
                        Duration.ofMinutes(1)),
                postgres.local(),
                null,
                folder);
    }

    @AfterEach
    void the_server_is_as_before() {
        for (String name : leftovers()) {
            postgres.execute("postgres", "DROP DATABASE \"" + name + "\"");
        }
        postgres.execute("postgres", "DROP DATABASE " + DATABASE);
    }

    @Test
    @Tag("T16")
    void T16_what_a_killed_trial_left_is_known_and_goes_with_what_else_earlier_runs_left() throws Exception {
        users(1);
        String trial = DATABASE + "_dolmen_try_t4k2zz-0a1b2c3d";
        postgres.execute("postgres", "CREATE DATABASE \"" + trial + "\" OWNER druid");
        assertThat(database().trials()).contains(trial);

        assertThat(database().endEarlierRuns())
                .containsExactly("dropped database " + trial + ", in which a dump was tried");

        assertThat(leftovers()).isEmpty();
        assertThat(database().trials()).doesNotContain(trial);
    }

    @Override
    protected DatabaseKind kind() {
        return new PostgresKind(stack);
    }

    @Override
    protected ApplicationDatabase database() {
        return new MetabaseData(stack, Map.of(PostgresKind.WORD, PostgresKind::new)).database();
    }

    @Override
    protected void users(long number) {
        postgres.execute(
                DATABASE,
                "SET ROLE druid; CREATE TABLE IF NOT EXISTS core_user (id int);"
                        + " CREATE TABLE IF NOT EXISTS databasechangelog (id text); DELETE FROM core_user;"
                        + " INSERT INTO core_user SELECT * FROM generate_series(1, " + number + ")");
    }

    @Override
    protected long users() {
        return Long.parseLong(postgres.query(DATABASE, "SELECT count(*) FROM core_user"));
    }

    @Override
    protected List<String> leftovers() {
        String names = postgres.query("postgres", "SELECT coalesce(string_agg(datname, ' '), '')" + OTHERS);
        return names.isEmpty() ? List.of() : List.of(names.split(" "));
    }
}
