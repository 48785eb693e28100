package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.Stores;
import dolmen.database.postgres.TableShape;
import dolmen.model.Meter;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real database and its dump give each used segment the same fingerprint, whoever makes it. */
@Tag("T8")
class LivePrintsTest {
    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");

    @TempDir
    Path home;

    @Test
    void t8_fingerprints_of_a_database_are_those_of_its_dump() throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        postgres.fill("prints", SCRIPT);
        postgres.execute("prints", "UPDATE druid_segments SET id = id || E'\\té\\\\' WHERE datasource = 'wiki'");
        PostgresClient client = new PostgresClient(postgres.local(), postgres.settings("prints"));
        Path dump = home.resolve("dump.sql");
        Stores.druid(postgres.local(), postgres.settings("prints")).dump(dump, warning -> {}, Meter.NONE);
        List<SegmentPrint> dumped = list(new PostgresDumps().prints(dump));

        TableShape segments = TableShape.of(client, "prints").stream()
                .filter(table -> table.table().equals("druid_segments"))
                .findFirst()
                .orElseThrow();
        assertThat(dumped).hasSize(12);
        assertThat(list(new DruidTables(client, "prints").prints())).containsExactlyInAnyOrderElementsOf(dumped);
        assertThat(list(new LivePrints(client, "prints", segments, false))).containsExactlyInAnyOrderElementsOf(dumped);
    }

    private static List<SegmentPrint> list(SegmentPrints prints) {
        List<SegmentPrint> list = new ArrayList<>();
        prints.forEach(list::add);
        return list;
    }
}
