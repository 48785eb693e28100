package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.PrunePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pruning on a catalog of small files. */
class PruningTest extends PrunedCatalog {
    private static final Label FIRST = new Label("20261123-020000");
    private static final Label SECOND = new Label("20261124-020000");

    @Test
    void an_archive_stays_as_long_as_a_kept_backup_refers_to_it_and_not_longer() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(FIRST, Kind.INCREMENTAL, FULL, FIRST);
        publish(SECOND, Kind.INCREMENTAL, FULL, SECOND);

        PrunePlan plan = prune(1);

        assertThat(plan.decision().removed()).containsExactly(FULL, FIRST);
        assertThat(plan.neededArchives()).containsOnlyKeys(FULL).containsValue(List.of(SECOND));
        assertThat(plan.freed()).isEqualTo(3 + 3 + 7);
        assertThat(catalog().labels()).containsExactly(SECOND);
        assertThat(files())
                .containsExactly(
                        FULL + "/druid_shared.tar",
                        FULL + "/pruned.json",
                        SECOND + "/druid_metadata_dump.sql",
                        SECOND + "/druid_shared.tar",
                        SECOND + "/manifest.json");

        publish(LAST, Kind.FULL, LAST);
        PrunePlan next = prune(1);

        assertThat(next.unneededArchives()).containsExactly(FULL);
        assertThat(files())
                .containsExactly(
                        LAST + "/druid_metadata_dump.sql", LAST + "/druid_shared.tar", LAST + "/manifest.json");
    }

    @Test
    void planning_changes_nothing() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        List<String> before = files();
        PrunePlan plan = pruning(1).plan(stack("1"), Set.of());
        assertThat(plan.words()).startsWith("1 backups");
        assertThat(plan.lines()).contains("remove " + FULL, "keep " + LAST + ": the last verified one, last");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_pruning_that_was_killed_after_it_unpublished_is_finished_by_the_next() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(FIRST, Kind.FULL, FIRST);
        publish(LAST, Kind.INCREMENTAL, FULL);
        PrunableBackups.of(catalog()).unpublish(FULL);
        PrunableBackups.of(catalog()).unpublish(FIRST);
        PrunableBackups.of(catalog()).unpublish(FIRST);

        prune(1);

        assertThat(catalog().labels()).containsExactly(LAST);
        assertThat(PrunableBackups.of(catalog()).prunedLabels()).containsExactly(FULL);
        assertThat(folder.resolve(FIRST.text())).doesNotExist();
        assertThat(folder.resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE))
                .exists();
    }

    @Test
    void the_folder_for_what_others_need_holds_nothing_that_an_unfinished_fetch_left() throws Exception {
        Files.writeString(SafeFiles.folder(folder.resolve(".staging/" + FULL)).resolve("half"), "half");

        catalog().store().put(FULL, BackupStore.MARK, BackupStore.MARK_TEXT);

        Path home = folder.resolve(FULL.text());
        assertThat(SafeFiles.list(home)).containsExactly(home.resolve("pruned.json"));
        assertThat(PrunableBackups.of(catalog()).prunedLabels()).containsExactly(FULL);
        assertThat(SafeFiles.list(folder.resolve(".staging"))).isEmpty();
    }
}
