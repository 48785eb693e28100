package dolmen.metabase.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.metabase.h2.H2Fixture;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.settings.MetadataSettings;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which database it is, and by whom it is reached. */
class PostgresKindTest {
    @TempDir
    Path folder;

    private final MemoryHost host = H2Fixture.host();

    @Test
    @Tag("MB-07")
    void the_database_is_the_one_of_the_environment() {
        environment(
                "MB_DB_TYPE", "postgres",
                "MB_DB_DBNAME", "metabase",
                "MB_DB_HOST", "postgres",
                "MB_DB_USER", "somebody",
                "MB_DB_PASS", "S3cr3t-Marker");
        MetadataSettings found = locate();
        assertThat(found.database()).isEqualTo("metabase");
        assertThat(found.host()).contains("postgres");
        assertThat(found.port()).isEqualTo(5432);
        assertThat(found.user()).contains("somebody");
        assertThat(found.toString()).doesNotContain("S3cr3t-Marker");
    }

    @Test
    void a_variable_that_is_blank_or_no_port_counts_as_not_set_as_it_does_for_Metabase() {
        environment(
                "MB_DB_TYPE", "postgres",
                "MB_DB_DBNAME", "",
                "MB_DB_HOST", " ",
                "MB_DB_USER", "",
                "MB_DB_PASS", "",
                "MB_DB_PORT", "99999999999");
        MetadataSettings found = locate();
        assertThat(found.database()).isEqualTo("metabase");
        assertThat(found.host()).isEmpty();
        assertThat(found.user()).isEmpty();
        assertThat(found.password()).isEmpty();
        assertThat(found.port()).isEqualTo(5432);
    }

    @Test
    void an_address_counts_before_the_rest() {
        environment(
                "MB_DB_TYPE", "h2",
                "MB_DB_CONNECTION_URI", "postgres://bob:S3cr3t-Marker@db.example:6543/mb");
        MetadataSettings found = locate();
        assertThat(found.host()).contains("db.example");
        assertThat(found.port()).isEqualTo(6543);
        assertThat(found.database()).isEqualTo("mb");
        assertThat(found.user()).contains("bob");
        assertThat(found.toString()).doesNotContain("S3cr3t-Marker");
    }

    @Test
    void an_address_is_read_where_host_and_password_have_characters_that_no_uri_has() {
        environment("MB_DB_CONNECTION_URI", "jdbc:postgresql://metabase_db:6543/mb?user=b%40b&password=S3cr3t^Marker%");
        MetadataSettings found = locate();
        assertThat(found.host()).contains("metabase_db");
        assertThat(found.port()).isEqualTo(6543);
        assertThat(found.database()).isEqualTo("mb");
        assertThat(found.user()).contains("b@b");
    }

    @Test
    void an_address_that_cannot_be_read_is_refused_and_never_shown() {
        environment("MB_DB_CONNECTION_URI", "postgres://bob:S3cr3t/Marker@db.example/mb");
        assertThatThrownBy(this::locate)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("MB_DB_CONNECTION_URI")
                .message()
                .doesNotContain("S3cr3t", "Marker");
    }

    private MetadataSettings locate() {
        MetabaseStack metabase = new MetabaseStack(H2Fixture.settings(Kind.AUTO, "metabase", null), host, null, folder);
        return ((PostgresApplicationDatabase)
                        new MetabaseData(metabase, Map.of(PostgresKind.WORD, PostgresKind::new)).database())
                .settings();
    }

    private void environment(String... pairs) {
        host.service("metabase").environment = H2Fixture.variables(pairs);
    }
}
