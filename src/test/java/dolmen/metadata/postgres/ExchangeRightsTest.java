package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.Sql;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A user that may load rows and may not exchange them is found out before anything is changed. */
@Tag("T16")
class ExchangeRightsTest {
    private static final Path DUMP = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");

    @Test
    void what_the_user_lacks_is_told_by_the_trial() throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        postgres.fill("rights", DUMP);
        postgres.execute("postgres", "CREATE ROLE exchanger LOGIN PASSWORD" + Sql.literal(PostgresFixture.PASSWORD));
        postgres.execute("rights", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO exchanger");

        assertThat(tryOut(postgres, "exchanger").orElseThrow())
                .contains("CREATE on database rights", "UPDATE on table druid_segments", "INSERT on table druid_rules")
                .doesNotContain("SELECT on");

        postgres.execute(
                "rights",
                "GRANT CREATE ON DATABASE rights TO exchanger;"
                        + " GRANT ALL ON druid_segments, druid_datasource, druid_pendingsegments, druid_rules TO exchanger");
        assertThat(tryOut(postgres, "exchanger")).isEmpty();
        assertThat(tryOut(postgres, "druid")).isEmpty();
    }

    private static Optional<String> tryOut(PostgresFixture postgres, String user) {
        return new PostgresMetadata(postgres.local(), postgres.settings("rights", user, PostgresFixture.PASSWORD))
                .datasources()
                .tryOut(DUMP, new TreeSet<>(Set.of("wiki")));
    }
}
