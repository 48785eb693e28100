package dolmen.catalog;

import static dolmen.catalog.ThreeBackups.FULL;
import static dolmen.catalog.ThreeBackups.LAST;
import static dolmen.catalog.ThreeBackups.UNNEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup in the bucket counts by what was read back there, and is whole when it can be fetched and restored. */
class RemoteProofTest {
    private static final String FULL_ARCHIVE = "stack/" + FULL + "/" + Artifact.SEGMENT_ARCHIVE;

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

    @ParameterizedTest
    @ValueSource(strings = {"gone", "garbage", "shorter", "of another file"})
    @Tag("T5")
    void t5_a_backup_there_without_its_list_of_sums_is_not_whole(String how) throws Exception {
        backups.upload(UNNEEDED);
        Path sums = there(Artifact.SUMS);
        switch (how) {
            case "gone" -> Files.delete(sums);
            case "garbage" -> Files.write(sums, new byte[(int) Files.size(sums)]);
            case "shorter" -> Files.writeString(sums, Files.readString(sums).replaceFirst("[^\n]+\n", ""));
            default -> Files.writeString(sums, Files.readString(sums).replaceFirst("[0-9a-f]", "g"));
        }
        assertDamaged();
    }

    @Test
    @Tag("T5")
    void t5_a_backup_there_whose_manifest_was_changed_is_not_whole() throws Exception {
        backups.upload(UNNEEDED);
        Path manifest = there(Artifact.MANIFEST);
        String text = Files.readString(manifest);
        String changed = text.replaceFirst("(\"begin\" : \")2026", "$12025");
        assertThat(changed).isNotEqualTo(text).hasSameSizeAs(text);
        Files.writeString(manifest, changed);
        assertDamaged();
    }

    @Test
    @Tag("T4")
    void t4_an_archive_of_another_backup_that_failed_its_read_back_does_not_count_the_next_night() {
        RemoteCatalog lying = backups.remote(new FlippingStore(backups.store, FULL_ARCHIVE, 3));
        for (int night = 1; night <= 2; night++) {
            assertThatThrownBy(() -> lying.upload(backups.catalog.find(LAST), backups.catalog.folder(), Meter.NONE))
                    .as("night " + night)
                    .isInstanceOf(Damaged.class);
            assertThat(backups.remote.labels()).isEmpty();
        }
        lying.upload(backups.catalog.find(LAST), backups.catalog.folder(), Meter.NONE);
        assertThat(backups.remote.labels()).containsExactly(LAST);
        verify(LAST);
    }

    @Test
    @Tag("T4")
    void t4_an_archive_that_is_damaged_there_is_replaced_by_the_next_upload() throws Exception {
        backups.upload(FULL);
        spoil(FULL_ARCHIVE);
        backups.upload(LAST);
        verify(LAST);
        verify(FULL);
    }

    @Test
    @Tag("T4")
    void t4_a_file_of_the_backup_itself_that_is_damaged_there_is_replaced_by_the_next_upload() throws Exception {
        RemoteCatalog remote = backups.remote(new FlippingStore(backups.store, FULL_ARCHIVE, 1));
        assertThatThrownBy(() -> remote.upload(backups.catalog.find(FULL), backups.catalog.folder(), Meter.NONE))
                .isInstanceOf(Damaged.class);
        spoil(FULL_ARCHIVE);
        remote.upload(backups.catalog.find(FULL), backups.catalog.folder(), Meter.NONE);
        verify(FULL);
    }

    @Test
    @Tag("T4")
    void t4_an_archive_that_the_catalog_has_lost_counts_there_and_is_fetched_from_there() throws Exception {
        backups.upload(FULL);
        Path lost = backups.catalog.folder().resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE);
        byte[] before = Files.readAllBytes(lost);
        SafeFiles.remove(lost);

        backups.upload(LAST);
        new BackupFetch(backups.remote, backups.catalog, request -> Optional.empty()).fetch(LAST, Meter.NONE);

        verify(LAST);
        assertThat(lost).hasBinaryContent(before);
    }

    /** Another byte under the sum that the object was stored with. */
    private void spoil(String key) throws IOException {
        Path file = folder.resolve("s3/backups").resolve(key);
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> verify(UNNEEDED)).isInstanceOf(Damaged.class);
    }

    private void verify(Label label) {
        backups.remote.verify(label, SafeFiles.folder(folder.resolve("scratch")), Meter.NONE);
    }

    private Path there(String name) {
        return folder.resolve("s3/backups/stack/" + UNNEEDED).resolve(name);
    }
}
