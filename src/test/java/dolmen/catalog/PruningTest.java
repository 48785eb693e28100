package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.SafeFiles;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.PrunePlan;
import dolmen.model.Retention;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Locked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pruning on a catalog of small files. */
class PruningTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);
    private static final Label FULL = new Label("20261122-020000");
    private static final Label FIRST = new Label("20261123-020000");
    private static final Label SECOND = new Label("20261124-020000");
    private static final Label LAST = new Label("20261125-020000");
    private static final Checksum SUM = new Checksum("0".repeat(64));

    @TempDir
    Path folder;

    @TempDir
    Path state;

    private Catalog catalog() {
        return new Catalog(folder);
    }

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
    void nothing_is_removed_while_a_backup_is_read() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        List<String> before = files();

        try (ReadLock reading = ReadLock.share(state)) {
            assertThat(reading).isNotNull();
            assertThatThrownBy(() -> prune(1)).isInstanceOf(Locked.class).hasMessageContaining("being read");
            assertThat(files()).isEqualTo(before);
        }

        prune(1);
        assertThat(catalog().labels()).containsExactly(LAST);
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

    @Test
    void nothing_of_another_stack_nor_a_folder_without_manifest_is_touched() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        Path script = Files.createDirectory(folder.resolve("20200101-000000"));
        Files.writeString(script.resolve(Artifact.SEGMENT_ARCHIVE), "a script's");
        List<String> before = files();

        Pruning pruning = pruning(1);
        pruning.carryOut(pruning.plan(stack("2"), Set.of()));

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void what_a_run_needs_stays() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        assertThat(pruning(1).plan(stack("1"), Set.of(FULL)).decision().removed())
                .isEmpty();
    }

    @Test
    void a_manifest_that_cannot_be_read_holds_pruning_since_nobody_knows_what_it_needs() throws Exception {
        publish(FULL, Kind.FULL, FULL);
        publish(LAST, Kind.FULL, LAST);
        Files.writeString(folder.resolve(FULL.text()).resolve(Artifact.MANIFEST), "{");
        assertThatThrownBy(() -> prune(1)).isInstanceOf(Damaged.class);
        assertThat(folder.resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE))
                .exists();
    }

    private PrunePlan prune(int last) {
        Pruning pruning = pruning(last);
        PrunePlan plan = pruning.plan(stack("1"), Set.of());
        pruning.carryOut(plan);
        return plan;
    }

    private Pruning pruning(int last) {
        return new Pruning(
                PrunableBackups.of(catalog()),
                new Retention(last, Optional.empty(), 0, 0, 0, 0, ZoneId.of("UTC")),
                state,
                NOW);
    }

    private static StackIdentity stack(String systemIdentifier) {
        return new StackIdentity(Optional.empty(), Optional.of(systemIdentifier), new TreeMap<>());
    }

    private List<String> files() throws Exception {
        try (var tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private void publish(Label label, Kind kind, Label... needs) throws Exception {
        Path staging = catalog().stage(label.start());
        Files.writeString(staging.resolve(Artifact.METADATA_DUMP), "sql");
        Files.writeString(staging.resolve(Artifact.SEGMENT_ARCHIVE), "archive");
        Artifact archive = new Artifact(Artifact.SEGMENT_ARCHIVE, 7, SUM);
        TreeMap<Label, ArchiveUse> archives = new TreeMap<>();
        Arrays.stream(needs).forEach(need -> archives.put(need, new ArchiveUse(archive, 1, 1)));
        Manifest manifest =
                Manifests.of(label, kind, List.of(new Artifact(Artifact.METADATA_DUMP, 3, SUM), archive), archives);
        catalog().write(staging, manifest);
        catalog().publish(staging);
    }
}
