package dolmen.catalog;

import static dolmen.catalog.ThreeBackups.FULL;
import static dolmen.catalog.ThreeBackups.LAST;
import static dolmen.catalog.ThreeBackups.UNNEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.CountingMeter;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes from the bucket into a catalog. */
class BackupFetchTest {
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
    void an_empty_catalog_gets_a_backup_with_the_archives_that_it_needs_and_no_others() throws Exception {
        backups.upload(UNNEEDED);
        backups.upload(LAST);
        assertThat(backups.remote.labels()).containsExactly(UNNEEDED, LAST);
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        BackupFetch fetch = fetch(empty, false);
        assertThat(fetch.wanted(RunRequest.of(Operation.RESTORE, Origin.COMMAND)))
                .contains(LAST);

        CountingMeter meter = new CountingMeter();
        fetch.fetch(LAST, meter);
        fetch.fetch(LAST, meter);

        assertThat(meter.done()).isEqualTo(meter.expected()).isPositive();

        assertThat(empty.labels()).containsExactly(LAST);
        assertThat(PrunableBackups.of(empty).prunedLabels()).containsExactly(FULL);
        assertThat(Tool.ok(folder, "diff -r catalog/" + LAST + " elsewhere/" + LAST))
                .isEmpty();
        assertThat(Tool.ok(folder, "ls elsewhere/" + FULL)).isEqualTo("druid_shared.tar\npruned.json\n");
        FileCheck.check(BackupContents.begin(
                empty.find(LAST).folder(), Optional.of(empty.find(LAST).manifest())));
    }

    @Test
    void a_backup_is_fetched_where_its_archive_lies_already_since_another_one_needs_it() throws Exception {
        backups.upload(FULL);
        backups.upload(LAST);
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        fetch(empty, false).fetch(LAST, Meter.NONE);

        fetch(empty, false).fetch(FULL, Meter.NONE);

        assertThat(empty.labels()).containsExactly(FULL, LAST);
        assertThat(PrunableBackups.of(empty).prunedLabels()).isEmpty();
        for (Label label : List.of(FULL, LAST)) {
            assertThat(Tool.ok(folder, "diff -r catalog/" + label + " elsewhere/" + label))
                    .isEmpty();
        }
        assertThat(empty.unfinished()).isEmpty();
    }

    @Test
    void a_restore_without_a_label_fetches_the_newest_one_though_an_older_one_was_fetched_before() {
        backups.upload(FULL);
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        RunRequest newest = RunRequest.of(Operation.RESTORE, Origin.COMMAND);
        fetch(empty, true).fetchWanted(newest, Meter.NONE);
        backups.upload(UNNEEDED);
        fetch(empty, false).fetchWanted(newest, Meter.NONE);
        assertThat(empty.labels()).containsExactly(FULL);

        fetch(empty, true).fetchWanted(newest, Meter.NONE);

        assertThat(empty.labels()).containsExactly(FULL, UNNEEDED);
    }

    @Test
    void an_object_that_changed_or_is_gone_is_found_and_never_fetched() throws Exception {
        backups.upload(LAST);
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        backups.remote.verify(LAST, scratch, Meter.NONE);
        Path object = folder.resolve("s3/backups/stack/" + FULL + "/druid_shared.tar");
        Tool.ok(folder, "printf x | dd of=" + object + " bs=1 seek=7 conv=notrunc");

        assertThatThrownBy(() -> backups.remote.verify(LAST, scratch, Meter.NONE))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("stack/" + FULL + "/druid_shared.tar in s3://backups/stack is not what");
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        assertThatThrownBy(() -> fetch(empty, false).fetch(LAST, Meter.NONE)).isInstanceOf(Damaged.class);
        assertThat(empty.labels()).isEmpty();

        Files.delete(object);
        assertThatThrownBy(() -> backups.remote.verify(LAST, scratch, Meter.NONE))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("lacks stack/" + FULL);
    }

    private BackupFetch fetch(Catalog into, boolean aloneThere) {
        return fetch(into, aloneThere, Long.MAX_VALUE);
    }

    private BackupFetch fetch(Catalog into, boolean aloneThere, long free) {
        Path scratch = folder.resolve("scratch");
        WantedBackup wanted = new WantedBackup(backups.remote, into, AnyStack.OWN, aloneThere, scratch);
        return new BackupFetch(backups.remote, into, wanted::of, () -> free);
    }

    @Test
    void room_is_wanted_only_for_what_is_not_here_yet() throws Exception {
        backups.upload(LAST);
        Catalog here = new Catalog(folder.resolve("elsewhere"));
        Path archive =
                Files.createDirectories(here.folder().resolve(FULL.text())).resolve(Artifact.SEGMENT_ARCHIVE);
        Files.copy(backups.catalog.find(FULL).folder().resolve(Artifact.SEGMENT_ARCHIVE), archive);
        Files.writeString(archive.resolveSibling(BackupStore.MARK), BackupStore.MARK_TEXT);
        long own = backups.catalog.find(LAST).manifest().bytes();

        assertThatThrownBy(() -> fetch(here, false, own - 1).fetch(LAST, Meter.NONE))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("backup " + LAST);
        fetch(here, false, own).fetch(LAST, Meter.NONE);

        assertThat(here.labels()).containsExactly(LAST);
    }
}
