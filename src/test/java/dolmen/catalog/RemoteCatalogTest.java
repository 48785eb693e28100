package dolmen.catalog;

import static dolmen.catalog.ThreeBackups.ARCHIVE;
import static dolmen.catalog.ThreeBackups.FULL;
import static dolmen.catalog.ThreeBackups.LAST;
import static dolmen.catalog.ThreeBackups.UNNEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.storage.CutAfter;
import dolmen.storage.S3Store;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads, whole and broken, and what counts as a backup there. */
class RemoteCatalogTest {
    private static final long PART = 5 << 20;

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
    void a_second_upload_sends_nothing_and_an_archive_that_is_there_is_not_sent_for_another_backup() {
        long first = backups.upload(FULL).sent();
        assertThat(first).isGreaterThan(ARCHIVE);
        assertThat(backups.upload(FULL).sent()).isZero();
        assertThat(backups.upload(LAST).sent()).isBetween(1L, 100_000L);
    }

    @Test
    @Tag("UP-10")
    void an_upload_that_was_cut_is_no_backup_there_and_goes_on_where_it_was() throws Exception {
        // four parts go at a time: this many bytes are all of them, and some of the fifth
        try (CutAfter cut = new CutAfter(backups.server.endpoint(), 22L << 20);
                S3Store through = RealBucket.storeAt(cut.address())) {
            RemoteCatalog line = backups.remote(through);
            assertThatThrownBy(() -> line.upload(backups.catalog.find(FULL), backups.catalog.folder(), Meter.NONE))
                    .isInstanceOf(StepFailure.Unavailable.class);
        }
        assertThat(backups.remote.labels()).isEmpty();
        assertThat(new GoodInBucket(backups.remote, backups.catalog::ahead, folder.resolve("good")).newestFirst())
                .isEmpty();

        Sent rest = backups.upload(FULL);

        assertThat(rest.sent()).isLessThanOrEqualTo(rest.bytes() - PART);
        assertThat(backups.remote.labels()).containsExactly(FULL);
        backups.remote.verify(FULL, Files.createDirectories(folder.resolve("scratch")), Meter.NONE);
    }

    @Test
    void a_file_that_changed_here_is_not_called_uploaded() throws Exception {
        Path dump = backups.catalog.folder().resolve(LAST.text()).resolve(Artifact.METADATA_DUMP);
        Files.writeString(dump, "SQL of " + LAST);
        assertThatThrownBy(() -> backups.upload(LAST)).isInstanceOf(Damaged.class);
        assertThat(backups.remote.labels()).isEmpty();
    }

    @Test
    @Tag("UP-06")
    void an_object_that_the_store_keeps_in_another_way_is_not_called_uploaded() {
        RemoteCatalog lossy = backups.remote(new LossyStore(backups.store));
        assertThatThrownBy(() -> lossy.upload(backups.catalog.find(UNNEEDED), backups.catalog.folder(), Meter.NONE))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("is not what its manifest says");
        assertThat(backups.remote.labels()).isEmpty();
    }

    @Test
    @Tag("T47")
    void t47_a_backup_of_the_same_label_that_another_stack_has_there_is_not_replaced() throws Exception {
        backups.upload(FULL);
        Path there = folder.resolve("s3/backups/stack/" + FULL + "/manifest.json");
        String other = Files.readString(there).replaceFirst("(\"begin\" : \")[^\"]+", "$12026-11-22T02:00:00.123Z");
        Files.writeString(there, other);

        assertThatThrownBy(() -> backups.upload(FULL))
                .isInstanceOfSatisfying(
                        StepFailure.Refused.class,
                        refused -> assertThat(refused.hint()).contains("dolmen.storage.prefix"));
        assertThat(there).hasContent(other);
    }

    @Test
    @Tag("UP-09")
    void a_backup_whose_upload_failed_is_whole_here_and_is_uploaded_later() {
        RemoteCatalog nowhere;
        try (S3Store closed = RealBucket.storeAt(URI.create("http://127.0.0.1:9"))) {
            nowhere = backups.remote(closed);
            assertThatThrownBy(() -> nowhere.upload(backups.catalog.find(FULL), backups.catalog.folder(), Meter.NONE))
                    .isInstanceOf(StepFailure.Unavailable.class);
        }
        FileCheck.check(BackupContents.begin(
                backups.catalog.find(FULL).folder(),
                Optional.of(backups.catalog.find(FULL).manifest())));
        backups.upload(FULL);
        assertThat(backups.remote.labels()).containsExactly(FULL);
    }
}
