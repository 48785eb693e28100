package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.MetadataContents;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Druid's tables beside the segments may be large, and a plan, a restore and an undo look at all of their rows. */
class LargeContentsTest {
    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");
    private static final int ROWS = 40_000;

    @AfterEach
    void frees_the_room() throws Exception {
        PostgresFixture.shared().execute("large", "TRUNCATE druid_config");
    }

    @Test
    @Tag("T30")
    void T30_payloads_larger_than_the_heap_are_compared_one_by_one() throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        postgres.fill("large", SCRIPT);
        postgres.execute(
                "large",
                "INSERT INTO druid_config (name, payload) SELECT 'entry-' || n, convert_to(repeat(n::text || E'\\\\', 1000), 'UTF8')"
                        + " FROM generate_series(1, " + ROWS + ") AS n");
        PostgresClient client = new PostgresClient(postgres.local(), postgres.settings("large"));
        MetadataContents contents = new DruidTables(client, "large").contents();
        assertThat(contents.configuration()).hasSizeGreaterThanOrEqualTo(ROWS);
    }
}
