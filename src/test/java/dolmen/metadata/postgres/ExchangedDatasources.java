package dolmen.metadata.postgres;

import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.Stores;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL with the dump of a real Druid, and the exchange of one of its datasources. */
abstract class ExchangedDatasources {
    static final RunMark RUN = new RunMark("20261124-020000-restore");
    static final String WIKI = "SELECT string_agg(id || used, ',' ORDER BY id) FROM druid_segments"
            + " WHERE datasource = 'wiki' AND used";
    static final SortedSet<String> WANTED = new TreeSet<>(List.of("wiki"));
    static int count;

    @TempDir
    Path folder;

    PostgresFixture postgres;
    String database;
    DatasourceSwap swap;

    @BeforeEach
    void a_filled_database() throws Exception {
        postgres = PostgresFixture.shared();
        database = "exchange" + count++;
        postgres.fill(database, Dumps.SCRIPT);
        swap = new DatasourceSwap(client(), database);
    }

    List<String> cameSince() {
        List<String> segments = new ArrayList<>();
        swap.cameSince(RUN, (datasource, id) -> segments.add(datasource + ": " + id));
        return segments;
    }

    /** The dump of a database in which wiki has rules of its own. */
    Path withRulesOfWiki() {
        String other = database + "_rules" + count++;
        postgres.fill(other, Dumps.SCRIPT);
        postgres.execute(
                other,
                "INSERT INTO druid_rules (id, datasource, version, payload) VALUES ('wiki_then', 'wiki',"
                        + " '2026-11-23T00:00:00.000Z', '[]')");
        Path dump = folder.resolve("rules.sql");
        Stores.druid(postgres.local(), postgres.settings(other)).dump(dump, warning -> {}, Meter.NONE);
        return dump;
    }

    void exchange() {
        exchange(Meter.NONE);
    }

    void exchange(Meter meter) {
        swap.swapIn(Dumps.SCRIPT, WANTED, RUN, meter);
    }

    /** A segment is lost, another is not used any more, and one came since. */
    void change() {
        postgres.execute(
                database,
                "INSERT INTO druid_segments SELECT 'wiki_new', datasource, created_date, start, \"end\", partitioned,"
                        + " version, true, payload FROM druid_segments WHERE datasource = 'wiki' LIMIT 1;"
                        + "DELETE FROM druid_segments WHERE id = (SELECT min(id) FROM druid_segments WHERE datasource ="
                        + " 'wiki' AND used);"
                        + "UPDATE druid_segments SET used = false WHERE id = (SELECT min(id) FROM druid_segments WHERE"
                        + " datasource = 'wiki' AND used AND id <> 'wiki_new');"
                        + "INSERT INTO druid_pendingsegments (id, datasource, created_date, start, \"end\", sequence_name,"
                        + " sequence_prev_id, sequence_name_prev_id_sha1, payload)"
                        + " VALUES ('p', 'wiki', '', '', '', '', '', 'x', '')");
    }

    PostgresClient client() {
        return new PostgresClient(postgres.local(), postgres.settings(database));
    }
}
