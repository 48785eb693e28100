package dolmen.metabase.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.StepFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and archives that are a backup of Metabase, and those that are none. */
class ExaminedDatabaseTest {
    @TempDir
    Path folder;

    private OwnDatabase own;

    @BeforeEach
    void a_metabase_that_does_not_run() throws Exception {
        own = new OwnDatabase(folder);
    }

    @AfterEach
    void endTheWriter() {
        own.close();
    }

    @Test
    @Tag("MB-01")
    void a_file_that_does_not_open_is_no_backup() throws Exception {
        byte[] bytes = Files.readAllBytes(own.file());
        for (int at = 4096 * 2; at < bytes.length; at++) {
            bytes[at] = (byte) (at * 31);
        }
        Files.write(own.file(), bytes);
        assertThatThrownBy(own::archive).isInstanceOf(StepFailure.Damaged.class);
        Files.write(own.file(), new byte[0]);
        assertThatThrownBy(own::archive)
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("no header of H2");
    }

    @Test
    @Tag("MB-07")
    void a_database_without_metabases_tables_is_no_backup() throws Exception {
        try (Connection connection = H2Fixture.open(own.stem);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE core_user");
        }
        assertThatThrownBy(own::archive).isInstanceOf(StepFailure.Damaged.class).hasMessageContaining("core_user");
    }

    @Test
    @Tag("MB-07")
    void a_database_without_users_is_warned_of() throws Exception {
        try (Connection connection = H2Fixture.open(own.stem);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM core_user");
        }
        assertThat(own.archive().warnings()).contains("Metabase's database has no user yet");
    }

    @Test
    @Tag("MB-04")
    void a_file_of_h2_version_1_is_kept_but_not_opened() throws Exception {
        Path file = own.file();
        String header = "H:2,block:2,blockSize:1000,chunk:7,created:1441235ef73,format:1,version:7,fletcher:3044e6cc\n";
        byte[] bytes = new byte[8192];
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, header.length());
        Files.write(file, bytes);
        ApplicationDatabaseCopy database = own.archive();
        assertThat(database.format()).contains("1");
        assertThat(database.counts()).isEmpty();
        assertThat(database.warnings()).singleElement().asString().contains("H2 1.x");
    }

    @Test
    void a_scripts_archive_of_a_whole_folder_gives_its_database() throws Exception {
        Path tar = own.tar(Map.of(
                "tmp/metabase.db.mv.db", Files.readAllBytes(own.file()),
                "tmp/hsperfdata_root/7", new byte[] {1},
                "tmp/other.mv.db", new byte[] {2}));
        ApplicationDatabaseCopy database = own.contents(tar);
        assertThat(database.files()).containsExactly("tmp/metabase.db.mv.db");
        assertThat(database.counts()).containsEntry("core_user", 3L);
    }

    @Test
    void archives_without_or_with_several_databases_or_cut_are_not_taken() throws Exception {
        Path none = own.tar(Map.of("tmp/readme", new byte[] {1}));
        assertThatThrownBy(() -> own.contents(none)).isInstanceOf(StepFailure.Damaged.class);
        Path several = own.tar(Map.of("tmp/a.mv.db", new byte[] {1}, "tmp/b.mv.db", new byte[] {2}));
        assertThatThrownBy(() -> own.contents(several))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("tmp/a.mv.db, tmp/b.mv.db");
        own.archive();
        byte[] whole = Files.readAllBytes(own.archived());
        for (int length : List.of(whole.length / 2, 700, 0)) {
            Path cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> own.contents(cut)).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    void a_member_that_unpacks_to_more_than_the_archive_holds_is_refused() throws Exception {
        for (String format : List.of("--format=gnu", "--format=posix")) {
            new ProcessBuilder(
                            "sh",
                            "-c",
                            "truncate -s 1G metabase.db.mv.db && tar " + format
                                    + " -S -cf bomb.tar metabase.db.mv.db && rm metabase.db.mv.db")
                    .directory(folder.toFile())
                    .start()
                    .waitFor();
            Path bomb = folder.resolve("bomb.tar");
            assertThat(bomb).exists();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> own.contents(bomb))
                            .isInstanceOf(StepFailure.Damaged.class)
                            .hasMessageContaining("is sparse"));
            assertThat(own.staging).isEmptyDirectory();
        }
    }
}
