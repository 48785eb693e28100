package dolmen.metabase.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of H2 is a program when it says so: nothing of it runs in Dolmen. */
class H2FileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void a_database_of_metabase() throws Exception {
        H2Fixture.create(folder.resolve("metabase.db"), 3);
    }

    @Test
    void what_metabase_defines_is_harmless() throws Exception {
        execute("CREATE VIEW v_users AS SELECT id FROM core_user WHERE id > 1");
        execute(
                "CREATE SEQUENCE s; CREATE INDEX i ON core_user(id); COMMENT ON TABLE core_user IS 'people; and so on'");
        execute("ALTER TABLE core_user ADD CONSTRAINT positive CHECK (id > 0)");

        assertThat(file().counts()).containsEntry("core_user", 3L);
    }

    @Test
    void a_file_of_the_working_folder_is_read_by_its_short_name() throws Exception {
        Path here = Files.createTempFile(Path.of("target"), "short", ".mv.db");
        try {
            Files.copy(folder.resolve("metabase.db.mv.db"), here, StandardCopyOption.REPLACE_EXISTING);
            assertThat(new H2File(here, Optional.empty(), Optional.empty()).counts())
                    .containsEntry("core_user", 3L);
        } finally {
            Files.delete(here);
        }
    }

    @Test
    void a_program_in_a_trigger_is_refused_and_not_run() throws Exception {
        Path ran = folder.resolve("ran");
        execute("CREATE TRIGGER t BEFORE INSERT ON core_user AS '" + program(ran) + "'");
        assertThat(ran).as("H2 runs it when it is made").exists();
        Files.delete(ran);

        assertThatThrownBy(() -> file().counts())
                .isInstanceOf(Refused.class)
                .hasMessageContaining("CREATE FORCE TRIGGER");
        assertThat(ran).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE ALIAS f AS 'int f() { return 1; }'",
                "CREATE ALIAS f FOR 'java.lang.System.getenv'",
                "CREATE FORCE LINKED TABLE l('', 'jdbc:h2:mem:x', 'me', 'secret', 'T')"
            })
    void whatever_reaches_out_of_the_file_is_refused(String definition) throws Exception {
        execute(definition);
        assertThatThrownBy(() -> file().counts())
                .isInstanceOf(Refused.class)
                .hasMessageContaining("CREATE FORCE")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_view_in_the_place_of_a_table_is_not_asked() throws Exception {
        Path written = folder.resolve("written");
        execute("DROP TABLE core_user");
        execute("CREATE VIEW core_user AS SELECT FILE_WRITE('x', '" + written + "') AS n");
        Files.deleteIfExists(written);

        assertThatThrownBy(() -> file().counts())
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("no table core_user");
        assertThat(written).doesNotExist();
    }

    @Test
    void a_file_cut_in_its_middle_is_damaged() throws Exception {
        Path file = folder.resolve("metabase.db.mv.db");
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
        assertThatThrownBy(() -> file().counts()).isInstanceOf(Damaged.class);
    }

    private static String program(Path ran) {
        return "org.h2.api.Trigger create() throws Exception { new java.io.File(\"" + ran
                + "\").createNewFile(); return new org.h2.api.Trigger() {"
                + " public void fire(java.sql.Connection c, Object[] o, Object[] n) {} }; }";
    }

    private void execute(String statement) throws Exception {
        try (Connection connection = H2Fixture.open(folder.resolve("metabase.db"));
                Statement made = connection.createStatement()) {
            made.execute(statement);
        }
    }

    private H2File file() {
        return new H2File(folder.resolve("metabase.db.mv.db"), Optional.empty(), Optional.empty());
    }
}
