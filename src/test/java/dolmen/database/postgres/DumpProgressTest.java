package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.CountingMeter;
import dolmen.model.DumpSummary;
import dolmen.stack.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a dump or a load is, in bytes. */
class DumpProgressTest {
    @TempDir
    private Path folder;

    private LiveDatabase live;

    @BeforeEach
    void a_database_of_its_own() throws Exception {
        live = new LiveDatabase(folder);
    }

    @Test
    void a_dump_is_counted_as_it_is_written_and_read_back_and_a_load_as_it_is_read_and_loaded() throws Exception {
        live.fill();
        CountingMeter dumped = new CountingMeter();
        Path file = folder.resolve("druid_metadata_dump.sql");
        DumpSummary dump = live.store.dump(file, warning -> {}, dumped);

        assertThat(dumped.expected()).isEqualTo(2 * Files.size(file));
        assertThat(dumped.done()).isEqualTo(2 * Files.size(file));

        CountingMeter loaded = new CountingMeter();
        live.store.createSide(live.side);
        live.store.loadSide(live.side, file, dump, loaded);

        assertThat(loaded.expected()).isEqualTo(2 * Files.size(file));
        assertThat(loaded.done()).isEqualTo(2 * Files.size(file));
    }

    @Test
    void a_script_that_differs_from_the_dump_is_counted_once_more_as_it_is_written() throws Exception {
        Path newer = Files.writeString(
                folder.resolve("newer.sql"),
                Dumps.content(Dumps.SCRIPT)
                        .replaceFirst("SET lock_timeout", "COMMENT ON SCHEMA public IS 'x';\nSET lock_timeout"));
        DumpSummary dump = new PostgresDumps().read(newer, segment -> {});
        CountingMeter meter = new CountingMeter();
        live.store.createSide(live.side);

        live.store.loadSide(live.side, newer, dump, meter);

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
        PostgresClient client = new PostgresClient(live.postgres.local(), live.postgres.settings(live.name));
        live.store.createSide(live.side);

        CompletableFuture<Outcome> load = CompletableFuture.supplyAsync(() -> client.load(live.side, script, meter));

        Awaitility.await().until(() -> meter.done() > 0 || load.isDone());
        assertThat(load).isNotDone();
        assertThat(meter.done()).isBetween(2_000_000L, 2_100_000L);
        assertThat(load.get().succeeded()).isTrue();
        assertThat(meter.done()).isEqualTo(Files.size(script)).isEqualTo(meter.expected());
    }
}
