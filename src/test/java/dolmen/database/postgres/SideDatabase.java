package dolmen.database.postgres;

import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import org.junit.jupiter.api.BeforeEach;

/** A live database, and another one beside it that is to take its place. */
abstract class SideDatabase {
    static int count;

    PostgresFixture postgres;
    DumpSummary dump;
    String database;
    String side;
    String kept;
    String aside;
    PostgresDatabase store;

    @BeforeEach
    void start() throws Exception {
        postgres = PostgresFixture.shared();
        database = "swap" + count++;
        store = Stores.druid(postgres.local(), postgres.settings(database));
        side = store.names().fresh(new RunMark("r1"));
        kept = store.names().old(new RunMark("r1"));
        aside = store.names().aside(new RunMark("r1"));
        dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        postgres.fill(database, Dumps.KILLED_BETWEEN);
        store.createSide(side);
        store.loadSide(side, Dumps.SCRIPT, dump, Meter.NONE);
    }

    static long before() {
        return new PostgresDumps()
                .read(Dumps.KILLED_BETWEEN, segment -> {})
                .rows()
                .get("druid_segments");
    }
}
