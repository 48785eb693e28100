package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.Stores;
import dolmen.model.Meter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneSnapshotTest {
    private static final String PAIR = "WITH made AS (SELECT 'busy' || nextval('busy') AS id)"
            + " INSERT INTO druid_pendingsegments (id, datasource, created_date, start, \"end\", sequence_name,"
            + " sequence_prev_id, sequence_name_prev_id_sha1, payload)"
            + " SELECT id, 'busy', 'now', '2024', '2025', id, '', id, 'x' FROM made;"
            + " INSERT INTO druid_supervisors (spec_id, created_date, payload) VALUES ('busy', 'now', 'x')";

    @TempDir
    private Path folder;

    @Test
    @Tag("MD-23")
    void rows_that_are_committed_together_are_dumped_together_or_not_at_all() throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        postgres.fill("busy", Dumps.SCRIPT);
        postgres.execute(
                "busy",
                "DELETE FROM druid_supervisors; DELETE FROM druid_pendingsegments; CREATE SEQUENCE busy;"
                        + " ALTER SEQUENCE busy OWNER TO druid");
        PostgresDatabase store = Stores.druid(postgres.local(), postgres.settings("busy"));
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger pairs = new AtomicInteger();
        Thread writer = new Thread(() -> {
            while (going.get()) {
                postgres.execute("busy", PAIR);
                pairs.incrementAndGet();
            }
        });
        writer.start();
        try {
            for (int dump = 0; dump < 3; dump++) {
                int before = pairs.get();
                Awaitility.await().until(() -> pairs.get() > before + 2);
                var rows = store.dump(folder.resolve("dump" + dump + ".sql"), warning -> {}, Meter.NONE)
                        .rows();
                assertThat(rows.get("druid_supervisors"))
                        .isEqualTo(rows.get("druid_pendingsegments"))
                        .isPositive();
            }
        } finally {
            going.set(false);
            writer.join();
        }
    }
}
