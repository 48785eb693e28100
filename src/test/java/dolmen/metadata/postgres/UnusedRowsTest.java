package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.PostgresFixture;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of segments that are not used, in a real PostgreSQL. */
class UnusedRowsTest {
    @Test
    @Tag("T52")
    void T52_the_unused_segments_of_the_named_datasources_are_handed_out_and_no_others() throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        postgres.fill("unused_rows", Dumps.SCRIPT);
        postgres.execute(
                "unused_rows",
                "UPDATE druid_segments SET used = false WHERE datasource IN ('clicks', 'wiki') AND start < '2024-03-02'");
        PostgresClient client = new PostgresClient(postgres.local(), postgres.settings("unused_rows"));

        TreeSet<String> ids = new TreeSet<>();
        new DruidTables(client, "unused_rows").unusedSegments(List.of("wiki", "it's none"), ids::add);

        assertThat(ids).singleElement().asString().startsWith("wiki_2024-03-01");
    }
}
