package dolmen.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetabaseLocatorTest {
    @TempDir
    Path folder;

    private LocalStack stack;

    @BeforeEach
    void prepare() throws Exception {
        stack = new LocalStack(folder.resolve("metabase.db"));
        Files.createFile(folder.resolve("metabase.db.mv.db"));
    }

    @Test
    @Tag("MB-07")
    void a_volume_with_a_file_proves_nothing_when_metabase_uses_postgresql() {
        environment(
                "MB_DB_TYPE", "postgres",
                "MB_DB_FILE", folder + "/metabase.db",
                "MB_DB_DBNAME", "metabase",
                "MB_DB_HOST", "postgres",
                "MB_DB_USER", "somebody",
                "MB_DB_PASS", "S3cr3t-Marker");
        PostgresLocation found = (PostgresLocation) locate(Kind.AUTO);
        assertThat(found.database()).isEqualTo("metabase");
        assertThat(found.host()).contains("postgres");
        assertThat(found.port()).isEqualTo(5432);
        assertThat(found.user()).contains("somebody");
        assertThat(found.foundBy()).isEqualTo("MB_DB_TYPE=postgres of metabase");
        assertThat(found.toString()).doesNotContain("S3cr3t-Marker");
    }

    @Test
    @Tag("MB-07")
    void without_a_type_metabase_uses_h2() {
        environment("MB_DB_FILE", folder + "/metabase.db");
        H2Location found = (H2Location) locate(Kind.AUTO);
        assertThat(found.path()).isEqualTo(folder + "/metabase.db");
        assertThat(found.present()).isTrue();
        assertThat(found.foundBy()).contains("no MB_DB_TYPE");
    }

    @Test
    void an_address_counts_before_the_type() {
        environment(
                "MB_DB_TYPE", "h2",
                "MB_DB_CONNECTION_URI", "postgres://bob:S3cr3t-Marker@db.example:6543/mb");
        PostgresLocation found = (PostgresLocation) locate(Kind.AUTO);
        assertThat(found.host()).contains("db.example");
        assertThat(found.port()).isEqualTo(6543);
        assertThat(found.database()).isEqualTo("mb");
        assertThat(found.user()).contains("bob");
        assertThat(found.toString()).doesNotContain("S3cr3t-Marker");
        environment("MB_DB_CONNECTION_URI", "jdbc:h2:file:" + folder + "/metabase.db;MODE=x");
        assertThat(((H2Location) locate(Kind.AUTO)).path()).isEqualTo(folder + "/metabase.db");
    }

    @Test
    void the_file_in_the_folder_that_the_image_makes_is_found_and_wins() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("metabase.db"));
        environment("MB_DB_FILE", folder + "/metabase.db");
        Files.createFile(inner.resolve("metabase.db.mv.db"));
        H2Location both = (H2Location) locate(Kind.AUTO);
        assertThat(both.path()).isEqualTo(inner + "/metabase.db");
        assertThat(both.warnings()).singleElement().asString().contains("two H2 files");
        Files.delete(folder.resolve("metabase.db.mv.db"));
        assertThat(((H2Location) locate(Kind.AUTO)).warnings()).isEmpty();
        Files.delete(inner.resolve("metabase.db.mv.db"));
        H2Location fresh = (H2Location) locate(Kind.AUTO);
        assertThat(fresh.present()).isFalse();
        assertThat(fresh.path()).isEqualTo(inner + "/metabase.db");
    }

    @Test
    @Tag("DK-04")
    void an_anonymous_volume_is_warned_of() {
        environment("MB_DB_FILE", folder + "/metabase.db");
        stack.mounts = List.of(new Mount(folder.toString(), folder, Optional.of("ab".repeat(32))));
        assertThat(((H2Location) locate(Kind.AUTO)).warnings())
                .singleElement()
                .asString()
                .contains("anonymous");
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
    @Tag("T43")
    void T43_a_name_that_has_the_file_s_ending_gets_it_once_more_as_h2_does() throws Exception {
        environment("MB_DB_FILE", folder + "/metabase.db.mv.db");
        H2Location found = (H2Location) locate(Kind.AUTO);
        assertThat(found.file()).isEqualTo(folder + "/metabase.db.mv.db.mv.db");
        assertThat(found.present()).as("metabase.db.mv.db is another file").isFalse();
        Files.createFile(folder.resolve("metabase.db.mv.db.mv.db"));
        assertThat(((H2Location) locate(Kind.AUTO)).present()).isTrue();
    }

    @Test
    @Tag("T43")
    void T43_the_setting_of_the_file_counts_only_without_mb_db_file_as_the_hint_says() {
        stack.environment = Map.of("PATH", new Secret("/bin"));
        String own = folder + "/own.db";
        MetabaseLocator locator = new MetabaseLocator(H2Fixture.settings(Kind.AUTO, "metabase", own), stack);
        assertThat(((H2Location) locator.locate()).file()).isEqualTo(own + ".mv.db");
        environment("MB_DB_FILE", folder + "/metabase.db");
        assertThat(((H2Location) locator.locate()).file()).isEqualTo(folder + "/metabase.db.mv.db");
        assertThat(((H2Location) locator.locate()).hint()).contains("only where", "no MB_DB_FILE");
    }

    @Test
    void none_is_none_and_no_service_is_none_only_when_it_may_be() {
        environment("MB_DB_TYPE", "mysql");
        assertThat(locate(Kind.NONE)).isInstanceOf(NoDatabase.class);
        stack.exists = false;
        assertThat(locate(Kind.AUTO)).isEqualTo(new NoDatabase("there is no service metabase"));
        assertThatThrownBy(() -> locate(Kind.H2)).isInstanceOf(StepFailure.Failed.class);
    }

    @Test
    void on_a_machine_without_containers_the_settings_tell() {
        assertThat(new MetabaseLocator(H2Fixture.settings(Kind.AUTO, "metabase", folder + "/metabase.db.mv.db"), stack)
                        .locate())
                .isInstanceOfSatisfying(
                        H2Location.class, found -> assertThat(found.path()).isEqualTo(folder + "/metabase.db"));
        assertThat(locate(Kind.AUTO)).isInstanceOf(NoDatabase.class);
    }

    private Located locate(Kind kind) {
        return new MetabaseLocator(H2Fixture.settings(kind, "metabase", null), stack).locate();
    }

    private void environment(String... pairs) {
        Map<String, Secret> variables = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            variables.put(pairs[at], new Secret(pairs[at + 1]));
        }
        stack.environment = variables;
    }
}
