package dolmen.catalog;

import static dolmen.catalog.ThreeBackups.FULL;
import static dolmen.catalog.ThreeBackups.LAST;
import static dolmen.catalog.ThreeBackups.UNNEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Retention;
import dolmen.model.StepFailure.Damaged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on record of a real bucket and of an endpoint for copies: both answer one question alike. */
@Tag("T33")
class SentRecordsTest {
    @TempDir
    Path folder;

    private ThreeBackups backups;
    private SendTarget bucket;
    private SendTarget copies;

    @BeforeEach
    void a_bucket_and_an_endpoint_for_copies() throws Exception {
        backups = new ThreeBackups(folder);
        bucket = new BucketTarget(backups.remote, backups.records, Retention.NONE);
        copies = new CopyTarget(new CopyRecords(backups.state, "there"), (file, name, meter) -> {}, "there");
    }

    @AfterEach
    void ends() {
        backups.close();
    }

    @Test
    void a_backup_is_on_record_once_all_of_it_was_sent() {
        for (SendTarget each : List.of(bucket, copies)) {
            Backup full = backups.catalog.find(FULL);
            each.records().begin(FULL);
            assertThat(each.records().holds(full)).isFalse();
            assertThat(each.records().isBegun(FULL)).isTrue();

            each.send(full, backups.catalog.folder(), Meter.NONE);

            assertThat(each.records().holds(full)).isTrue();
            assertThat(each.records().isBegun(FULL)).isFalse();
            assertThat(each.records().labels()).containsExactly(FULL);
        }
    }

    @Test
    void a_backup_with_other_content_under_the_label_is_not_on_record() throws Exception {
        for (SendTarget each : List.of(bucket, copies)) {
            each.send(backups.catalog.find(LAST), backups.catalog.folder(), Meter.NONE);
            assertThat(each.records().holds(backups.catalog.find(LAST))).isTrue();
        }
        Path manifest = backups.catalog.folder().resolve(LAST.text()).resolve(Artifact.MANIFEST);
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("(\"end\" : \")[^\"]+", "$12026-11-24T03:00:00Z"));
        for (SendTarget each : List.of(bucket, copies)) {
            assertThat(each.records().holds(backups.catalog.find(LAST))).isFalse();
        }
    }

    @Test
    void a_backup_whose_base_was_found_damaged_there_is_outstanding_again() throws Exception {
        bucket.send(backups.catalog.find(UNNEEDED), backups.catalog.folder(), Meter.NONE);
        bucket.send(backups.catalog.find(LAST), backups.catalog.folder(), Meter.NONE);
        Tool.ok(folder, "truncate -s 10 s3/backups/stack/" + FULL + "/" + Artifact.SEGMENT_ARCHIVE);
        assertThatThrownBy(() ->
                        backups.remote.verify(LAST, Files.createDirectories(folder.resolve("scratch")), Meter.NONE))
                .isInstanceOf(Damaged.class);

        assertThat(bucket.records().holds(backups.catalog.find(LAST))).isFalse();
    }

    @Test
    void what_is_younger_than_the_newest_in_the_bucket_is_outstanding_and_what_was_removed_there_is_not() {
        bucket.send(backups.catalog.find(FULL), backups.catalog.folder(), Meter.NONE);
        assertThat(outstanding()).containsExactly(UNNEEDED, LAST);
        bucket.send(backups.catalog.find(UNNEEDED), backups.catalog.folder(), Meter.NONE);
        assertThat(outstanding()).containsExactly(LAST);
        backups.store.delete("stack/" + FULL + "/manifest.json");
        backups.remote.labels();
        assertThat(outstanding()).containsExactly(LAST);
    }

    private List<Label> outstanding() {
        return new Outstanding(backups.catalog, bucket)
                .of(backups.catalog.find(LAST).manifest().stack()).stream()
                        .map(backup -> backup.manifest().label())
                        .toList();
    }
}
