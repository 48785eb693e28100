package dolmen.metabase.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.Mount;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file it is. */
class H2KindTest {
    @TempDir
    Path folder;

    private final MemoryHost host = H2Fixture.host();

    @BeforeEach
    void prepare() throws Exception {
        Files.createFile(folder.resolve("metabase.db.mv.db"));
    }

    @Test
    @Tag("MB-07")
    void the_file_of_the_environment_is_found() {
        environment("MB_DB_FILE", folder + "/metabase.db");
        assertThat(locate().path()).isEqualTo(folder + "/metabase.db");
        assertThat(locate().present()).isTrue();
        environment("MB_DB_CONNECTION_URI", "jdbc:h2:file:" + folder + "/metabase.db;MODE=x");
        assertThat(locate().path()).isEqualTo(folder + "/metabase.db");
    }

    @Test
    void the_file_in_the_folder_that_the_image_makes_is_found_and_wins() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("metabase.db"));
        environment("MB_DB_FILE", folder + "/metabase.db");
        Files.createFile(inner.resolve("metabase.db.mv.db"));
        H2Location both = locate();
        assertThat(both.path()).isEqualTo(inner + "/metabase.db");
        assertThat(both.warnings()).singleElement().asString().contains("two H2 files");
        Files.delete(folder.resolve("metabase.db.mv.db"));
        assertThat(locate().warnings()).isEmpty();
        Files.delete(inner.resolve("metabase.db.mv.db"));
        H2Location fresh = locate();
        assertThat(fresh.present()).isFalse();
        assertThat(fresh.path()).isEqualTo(inner + "/metabase.db");
    }

    @Test
    @Tag("DK-04")
    void an_anonymous_volume_is_warned_of() {
        environment("MB_DB_FILE", folder + "/metabase.db");
        host.service("metabase").mounts = List.of(new Mount(folder.toString(), folder, Optional.of("ab".repeat(32))));
        assertThat(locate().warnings()).singleElement().asString().contains("anonymous");
    }

    @Test
    @Tag("T43")
    void T43_a_name_that_has_the_file_s_ending_gets_it_once_more_as_h2_does() throws Exception {
        environment("MB_DB_FILE", folder + "/metabase.db.mv.db");
        H2Location found = locate();
        assertThat(found.file()).isEqualTo(folder + "/metabase.db.mv.db.mv.db");
        assertThat(found.present()).as("metabase.db.mv.db is another file").isFalse();
        Files.createFile(folder.resolve("metabase.db.mv.db.mv.db"));
        assertThat(locate().present()).isTrue();
    }

    @Test
    @Tag("T43")
    void T43_the_setting_of_the_file_counts_only_without_mb_db_file_as_the_hint_says() {
        environment("PATH", "/bin");
        String own = folder + "/own.db";
        assertThat(locate(own).file()).isEqualTo(own + ".mv.db");
        environment("MB_DB_FILE", folder + "/metabase.db");
        assertThat(locate(own).file()).isEqualTo(folder + "/metabase.db.mv.db");
        assertThat(locate(own).hint()).contains("only where", "no MB_DB_FILE");
    }

    private H2Location locate() {
        return locate(null);
    }

    private H2Location locate(String set) {
        MetabaseStack metabase = new MetabaseStack(H2Fixture.settings(Kind.AUTO, "metabase", set), host, null, folder);
        return ((H2Database) new MetabaseData(metabase, Map.of(H2Kind.WORD, H2Kind::new)).database()).location();
    }

    private void environment(String... pairs) {
        host.service("metabase").environment = H2Fixture.variables(pairs);
    }
}
