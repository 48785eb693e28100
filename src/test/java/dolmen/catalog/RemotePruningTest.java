package dolmen.catalog;

import static dolmen.catalog.ThreeBackups.FULL;
import static dolmen.catalog.ThreeBackups.LAST;
import static dolmen.catalog.ThreeBackups.UNNEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.SafeFiles;
import dolmen.model.Meter;
import dolmen.model.PrunePlan;
import dolmen.model.StepFailure;
import dolmen.storage.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed from the bucket, and what stays. */
class RemotePruningTest {
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
    void pruning_the_bucket_keeps_archives_that_others_need_and_finishes_what_was_killed() throws Exception {
        backups.upload(FULL);
        backups.upload(UNNEEDED);
        backups.upload(LAST);
        PrunableBackups bucket = backups.objects(backups.store);
        Pruning pruning = backups.pruning(backups.store);
        PrunePlan plan = pruning.plan(RealBucket.STACK, Set.of());
        assertThat(plan.decision().removed()).containsExactly(FULL, UNNEEDED);
        bucket.unpublish(FULL);
        assertThat(backups.remote.labels()).containsExactly(UNNEEDED, LAST);

        pruning.carryOut(pruning.plan(RealBucket.STACK, Set.of()));

        assertThat(backups.remote.labels()).containsExactly(LAST);
        assertThat(backups.store.list("stack/" + FULL + "/"))
                .containsExactly("stack/" + FULL + "/druid_shared.tar", "stack/" + FULL + "/pruned.json");
        assertThat(backups.store.list("stack/" + UNNEEDED + "/")).isEmpty();
        backups.remote.verify(LAST, Files.createDirectories(folder.resolve("scratch")), Meter.NONE);
        assertThat(pruning.plan(RealBucket.STACK, Set.of()).isEmpty()).isTrue();
        assertThat(backups.records.labels()).containsExactly(LAST);
    }

    @Test
    void the_last_copy_of_an_archive_that_a_backup_of_the_catalog_needs_stays_in_the_bucket() {
        backups.upload(FULL);
        backups.upload(UNNEEDED);
        Pruning pruning = backups.pruning(backups.store);
        SafeFiles.remove(backups.catalog.folder().resolve(FULL.text()));
        PrunePlan plan = pruning.plan(RealBucket.STACK, Set.of());
        assertThat(plan.neededArchives()).containsExactly(Map.entry(FULL, List.of(LAST)));

        pruning.carryOut(plan);

        assertThat(backups.remote.labels()).containsExactly(UNNEEDED);
        assertThat(backups.store.list("stack/" + FULL + "/"))
                .containsExactly("stack/" + FULL + "/druid_shared.tar", "stack/" + FULL + "/pruned.json");
        SafeFiles.remove(backups.catalog.folder().resolve(LAST.text()));
        pruning.carryOut(pruning.plan(RealBucket.STACK, Set.of()));
        assertThat(backups.store.list("stack/" + FULL + "/")).isEmpty();
    }

    @Test
    @Tag("T50")
    void t50_who_may_not_remove_anything_leaves_each_backup_whole_and_without_a_mark() {
        backups.upload(UNNEEDED);
        backups.upload(LAST);
        List<String> before = backups.store.list("stack/");
        ObjectStore noRights = new LockedStore(backups.store, "");
        Pruning pruning = backups.pruning(noRights);

        assertThatThrownBy(() -> pruning.carryOut(pruning.plan(RealBucket.STACK, Set.of())))
                .isInstanceOf(StepFailure.Failed.class);

        assertThat(backups.store.list("stack/")).isEqualTo(before);
    }

    @Test
    @Tag("T50")
    void t50_a_manifest_that_is_locked_by_itself_leaves_no_mark_either() {
        backups.upload(UNNEEDED);
        backups.upload(LAST);
        List<String> before = backups.store.list("stack/");
        Pruning pruning = backups.pruning(new LockedStore(backups.store, "stack/" + UNNEEDED + "/manifest.json"));

        assertThatThrownBy(() -> pruning.carryOut(pruning.plan(RealBucket.STACK, Set.of())))
                .isInstanceOf(StepFailure.Failed.class);

        assertThat(backups.store.list("stack/")).isEqualTo(before);
    }

    @Test
    @Tag("UP-08")
    void what_a_locked_bucket_does_not_let_go_holds_up_nothing_else() {
        backups.upload(FULL);
        backups.upload(UNNEEDED);
        backups.upload(LAST);
        ObjectStore locked = new LockedStore(backups.store, "stack/" + FULL + "/manifest.json");
        Pruning pruning = backups.pruning(locked);

        assertThatThrownBy(() -> pruning.carryOut(pruning.plan(RealBucket.STACK, Set.of())))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("could not remove [" + FULL + "]");
        assertThat(backups.remote.labels()).containsExactly(FULL, LAST);
    }
}
