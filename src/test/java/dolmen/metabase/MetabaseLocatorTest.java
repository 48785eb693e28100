package dolmen.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.app.ApplicationDatabases;
import dolmen.metabase.h2.H2Fixture;
import dolmen.model.StepFailure;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kind of database it is, and when there is none. */
class MetabaseLocatorTest {
    @TempDir
    Path folder;

    private final MemoryHost host = H2Fixture.host();

    @BeforeEach
    void prepare() throws Exception {
        Files.createFile(folder.resolve("metabase.db.mv.db"));
    }

    @Test
    @Tag("MB-07")
    void a_volume_with_a_file_proves_nothing_when_metabase_uses_postgresql() {
        environment("MB_DB_TYPE", "postgres", "MB_DB_FILE", folder + "/metabase.db");
        assertThat(locate(Kind.AUTO).kind()).isEqualTo("postgres");
        assertThat(locate(Kind.AUTO).foundBy()).isEqualTo("MB_DB_TYPE=postgres of metabase");
    }

    @Test
    @Tag("MB-07")
    void without_a_type_metabase_uses_h2() {
        environment("MB_DB_FILE", folder + "/metabase.db");
        assertThat(locate(Kind.AUTO).kind()).isEqualTo("h2");
        assertThat(locate(Kind.AUTO).foundBy()).contains("no MB_DB_TYPE");
    }

    @Test
    void an_address_counts_before_the_type() {
        environment("MB_DB_TYPE", "h2", "MB_DB_CONNECTION_URI", "postgres://bob@db.example:6543/mb");
        assertThat(locate(Kind.AUTO).kind()).isEqualTo("postgres");
        environment("MB_DB_TYPE", "postgres", "MB_DB_CONNECTION_URI", "jdbc:h2:file:" + folder + "/metabase.db");
        assertThat(locate(Kind.AUTO).kind()).isEqualTo("h2");
    }

    @Test
    void a_setting_that_contradicts_the_container_is_refused() {
        environment("MB_DB_TYPE", "postgres");
        assertThatThrownBy(() -> locate(Kind.H2))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("MB_DB_TYPE=postgres");
    }

    @Test
    void a_kind_that_cannot_be_saved_is_refused() {
        environment("MB_DB_TYPE", "mysql");
        assertThatThrownBy(() -> locate(Kind.AUTO))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("mysql");
    }

    @Test
    void an_address_without_a_scheme_is_refused_and_never_shown() {
        environment("MB_DB_CONNECTION_URI", "db.example/mb?user=bob&password=S3cr3t-Marker");
        assertThatThrownBy(() -> locate(Kind.AUTO))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("MB_DB_CONNECTION_URI")
                .message()
                .doesNotContain("S3cr3t-Marker");
    }

    @Test
    void none_is_none_and_no_service_is_none_only_when_it_may_be() {
        environment("MB_DB_TYPE", "mysql");
        assertThat(locate(Kind.NONE).isNone()).isTrue();
        host.remove("metabase");
        assertThat(locate(Kind.AUTO).isNone()).isTrue();
        assertThat(locate(Kind.AUTO).foundBy()).isEqualTo("there is no service metabase");
        assertThatThrownBy(() -> locate(Kind.H2)).isInstanceOf(StepFailure.Failed.class);
    }

    @Test
    void on_a_machine_without_containers_the_settings_tell() {
        assertThat(locate(Kind.AUTO, folder + "/metabase.db.mv.db").location()).isEqualTo(folder + "/metabase.db");
        assertThat(locate(Kind.AUTO).isNone()).isTrue();
    }

    private Place locate(Kind kind) {
        return locate(kind, null);
    }

    private Place locate(Kind kind, String file) {
        return new MetabaseData(
                        new MetabaseStack(H2Fixture.settings(kind, "metabase", file), host, null, folder),
                        ApplicationDatabases.kinds())
                .database()
                .place();
    }

    private void environment(String... pairs) {
        host.service("metabase").environment = H2Fixture.variables(pairs);
    }
}
