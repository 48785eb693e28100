package dolmen.catalog;

import static dolmen.catalog.ThreeBackups.FULL;
import static dolmen.catalog.ThreeBackups.UNNEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of the bucket. */
class UploadRecordsTest {
    @TempDir
    Path folder;

    private ThreeBackups backups;

    @BeforeEach
    void a_bucket_and_three_backups() throws Exception {
        backups = new ThreeBackups(folder);
    }

    @AfterEach
    void ends() {
        backups.close();
    }

    @Test
    void what_was_uploaded_is_known_without_asking_the_bucket_until_it_has_gone() {
        backups.upload(FULL);
        backups.upload(UNNEEDED);
        assertThat(backups.records.labels()).containsExactly(FULL, UNNEEDED);
        assertThat(new LastGood(new Catalog(folder.resolve("empty")), backups.records, AnyStack.OWN).find())
                .map(backup -> backup.manifest().label())
                .contains(UNNEEDED);

        backups.store.delete("stack/" + UNNEEDED + "/manifest.json");

        assertThat(backups.remote.labels()).containsExactly(FULL);
        assertThat(backups.records.labels()).containsExactly(FULL);
    }

    @Test
    void a_state_folder_that_cannot_be_written_makes_no_upload_fail() throws Exception {
        Files.writeString(backups.state.resolve("in-bucket"), "in the way");
        backups.upload(FULL);
        assertThat(backups.records.labels()).isEmpty();
        assertThat(backups.remote.labels()).containsExactly(FULL);
    }
}
