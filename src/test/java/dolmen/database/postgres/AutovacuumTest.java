package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** PostgreSQL's own work in a database, which only a superuser may end. */
class AutovacuumTest {
    @Test
    void a_database_is_swapped_while_it_is_vacuumed() throws Exception {
        PostgresFixture postgres = PostgresFixture.start();
        try {
            DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
            PostgresDatabase store = Stores.druid(postgres.local(), postgres.settings("druid"));
            postgres.fill("druid", Dumps.KILLED_BETWEEN);
            String side = store.names().fresh(new RunMark("r1"));
            store.createSide(side);
            store.loadSide(side, Dumps.SCRIPT, dump, Meter.NONE);
            vacuumForLong(postgres);

            store.swap(side, store.names().old(new RunMark("r1")));

            assertThat(store.rows("druid")).isEqualTo(dump.rows());
        } finally {
            postgres.stop();
        }
    }

    private static void vacuumForLong(PostgresFixture postgres) {
        postgres.execute("druid", "CREATE TABLE large AS SELECT generate_series(1, 500000) AS number");
        postgres.execute(
                "druid",
                "ALTER TABLE large SET (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,"
                        + " autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)");
        postgres.execute("druid", "DELETE FROM large WHERE number % 2 = 0");
        postgres.execute("postgres", "ALTER SYSTEM SET autovacuum_naptime = 1");
        postgres.execute("postgres", "SELECT pg_reload_conf()");
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> postgres.query(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = 'druid'"
                                        + " AND query LIKE 'autovacuum:%large'")
                        .equals("1"));
    }
}
