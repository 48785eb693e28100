package dolmen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.archive.Tool;
import dolmen.catalog.BucketRecords;
import dolmen.catalog.Catalog;
import dolmen.catalog.FileCheck;
import dolmen.catalog.LastGood;
import dolmen.catalog.Manifests;
import dolmen.catalog.Prunable;
import dolmen.catalog.PrunedBackups;
import dolmen.catalog.Pruning;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Examination;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.PrunePlan;
import dolmen.model.Retention;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.pipeline.RemoteCatalog.Uploaded;
import dolmen.settings.StorageSettings;
import dolmen.storage.CutAfter;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of small files in a real server of S3's protocol. */
class RemoteCatalogTest {
    private static final Label FULL = new Label("20261122-020000");
    private static final Label UNNEEDED = new Label("20261123-020000");
    private static final Label LAST = new Label("20261124-020000");
    private static final int ARCHIVE = 24 << 20;

    @TempDir
    Path folder;

    private S3Server server;
    private S3Store store;
    private BucketRecords records;
    private RemoteCatalog remote;
    private Catalog catalog;

    @BeforeEach
    void a_bucket_and_three_backups() throws Exception {
        server = new S3Server(folder.resolve("s3"));
        StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
        store = S3Store.of(settings);
        records = new BucketRecords(folder, settings);
        remote = new RemoteCatalog(store, settings, () -> Meter.NONE, records);
        catalog = new Catalog(folder.resolve("catalog"));
        publish(FULL, Kind.FULL, List.of(FULL), ARCHIVE);
        publish(UNNEEDED, Kind.FULL, List.of(UNNEEDED), 1000);
        publish(LAST, Kind.INCREMENTAL, List.of(FULL, LAST), 1000);
    }

    @AfterEach
    void ends() {
        store.close();
        server.close();
    }

    @Test
    void an_empty_catalog_gets_a_backup_with_the_archives_that_it_needs_and_no_others() throws Exception {
        upload(UNNEEDED);
        upload(LAST);
        assertThat(remote.labels()).containsExactly(UNNEEDED, LAST);
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        BackupFetch fetch = new BackupFetch(remote, empty);
        assertThat(BackupFetch.newest(remote)).isEqualTo(LAST);

        fetch.fetch(LAST);
        fetch.fetch(LAST);

        assertThat(empty.labels()).containsExactly(LAST);
        assertThat(new PrunedBackups(empty).prunedLabels()).containsExactly(FULL);
        assertThat(Tool.ok(folder, "diff -r catalog/" + LAST + " elsewhere/" + LAST))
                .isEmpty();
        assertThat(Tool.ok(folder, "ls elsewhere/" + FULL)).isEqualTo("druid_shared.tar\npruned.json\n");
        FileCheck.check(Examination.begin(
                empty.find(LAST).folder(), Optional.of(empty.find(LAST).manifest())));
    }

    @Test
    void a_second_upload_sends_nothing_and_an_archive_that_is_there_is_not_sent_for_another_backup() {
        long first = upload(FULL).sent();
        assertThat(first).isGreaterThan(ARCHIVE);
        assertThat(upload(FULL).sent()).isZero();
        assertThat(upload(LAST).sent()).isBetween(1L, 100_000L);
    }

    @Test
    @Tag("UP-10")
    void an_upload_that_was_cut_is_no_backup_there_and_goes_on_where_it_was() throws Exception {
        try (CutAfter cut = new CutAfter(server.endpoint(), 13L << 20);
                S3Store through =
                        S3Store.of(S3Server.settings(cut.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            RemoteCatalog line =
                    new RemoteCatalog(through, server.settings(S3Server.SECRET_KEY, 0), () -> Meter.NONE, records);
            assertThatThrownBy(() -> line.upload(catalog.find(FULL), catalog.folder()))
                    .isInstanceOf(StepFailure.Unavailable.class);
        }
        assertThat(remote.labels()).isEmpty();
        assertThatThrownBy(() -> BackupFetch.newest(remote)).isInstanceOf(NothingToRestore.class);

        Uploaded rest = upload(FULL);

        assertThat(rest.sent()).isLessThan(rest.bytes());
        assertThat(remote.labels()).containsExactly(FULL);
        remote.verify(FULL, Files.createDirectories(folder.resolve("scratch")));
    }

    @Test
    void an_object_that_changed_or_is_gone_is_found_and_never_fetched() throws Exception {
        upload(LAST);
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        remote.verify(LAST, scratch);
        Path object = folder.resolve("s3/backups/stack/" + FULL + "/druid_shared.tar");
        Tool.ok(folder, "printf x | dd of=" + object + " bs=1 seek=7 conv=notrunc");

        assertThatThrownBy(() -> remote.verify(LAST, scratch))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("stack/" + FULL + "/druid_shared.tar in s3://backups/stack is not what");
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        assertThatThrownBy(() -> new BackupFetch(remote, empty).fetch(LAST)).isInstanceOf(Damaged.class);
        assertThat(empty.labels()).isEmpty();

        Files.delete(object);
        assertThatThrownBy(() -> remote.verify(LAST, scratch))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("lacks stack/" + FULL);
    }

    @Test
    void a_file_that_changed_here_is_not_called_uploaded() throws Exception {
        Path dump = catalog.folder().resolve(LAST.text()).resolve(Artifact.METADATA_DUMP);
        Files.writeString(dump, "SQL");
        assertThatThrownBy(() -> upload(LAST)).isInstanceOf(Damaged.class);
        assertThat(remote.labels()).isEmpty();
    }

    @Test
    void pruning_the_bucket_keeps_archives_that_others_need_and_finishes_what_was_killed() throws Exception {
        upload(FULL);
        upload(UNNEEDED);
        upload(LAST);
        Prunable bucket = new RemoteBackups(remote, store, server.settings(S3Server.SECRET_KEY, 0), folder);
        Pruning pruning = new Pruning(
                bucket, new Retention(1, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC), folder, Clock.systemUTC());
        StackIdentity stack = new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>());
        PrunePlan plan = pruning.plan(stack, Set.of());
        assertThat(plan.decision().removed()).containsExactly(FULL, UNNEEDED);
        bucket.unpublish(FULL);
        assertThat(remote.labels()).containsExactly(UNNEEDED, LAST);

        pruning.carryOut(pruning.plan(stack, Set.of()));

        assertThat(remote.labels()).containsExactly(LAST);
        assertThat(store.list("stack/" + FULL + "/"))
                .containsExactly("stack/" + FULL + "/druid_shared.tar", "stack/" + FULL + "/pruned.json");
        assertThat(store.list("stack/" + UNNEEDED + "/")).isEmpty();
        remote.verify(LAST, Files.createDirectories(folder.resolve("scratch")));
        assertThat(pruning.plan(stack, Set.of()).isEmpty()).isTrue();
        assertThat(records.labels()).containsExactly(LAST);
    }

    @Test
    void what_was_uploaded_is_known_without_asking_the_bucket_until_it_has_gone() {
        upload(FULL);
        upload(UNNEEDED);
        assertThat(records.labels()).containsExactly(FULL, UNNEEDED);
        assertThat(new LastGood(new Catalog(folder.resolve("empty")), records).find())
                .map(backup -> backup.manifest().label())
                .contains(UNNEEDED);

        store.delete("stack/" + UNNEEDED + "/manifest.json");

        assertThat(remote.labels()).containsExactly(FULL);
        assertThat(records.labels()).containsExactly(FULL);
    }

    @Test
    void a_state_folder_that_cannot_be_written_makes_no_upload_fail() throws Exception {
        Files.writeString(folder.resolve("in-bucket"), "in the way");
        upload(FULL);
        assertThat(remote.labels()).containsExactly(FULL);
    }

    @Test
    @Tag("UP-06")
    void an_object_that_the_store_keeps_in_another_way_is_not_called_uploaded() {
        RemoteCatalog lossy = new RemoteCatalog(
                new LossyStore(store), server.settings(S3Server.SECRET_KEY, 0), () -> Meter.NONE, records);
        assertThatThrownBy(() -> lossy.upload(catalog.find(UNNEEDED), catalog.folder()))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("is not what its manifest says");
        assertThat(remote.labels()).isEmpty();
    }

    @Test
    @Tag("UP-08")
    void what_a_locked_bucket_does_not_let_go_holds_up_nothing_else() {
        upload(FULL);
        upload(UNNEEDED);
        upload(LAST);
        ObjectStore locked = new LockedStore(store, "stack/" + FULL + "/manifest.json");
        StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
        Pruning pruning = new Pruning(
                new RemoteBackups(
                        new RemoteCatalog(locked, settings, () -> Meter.NONE, records), locked, settings, folder),
                new Retention(1, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC),
                folder,
                Clock.systemUTC());
        StackIdentity stack = new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>());

        assertThatThrownBy(() -> pruning.carryOut(pruning.plan(stack, Set.of())))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("1 backups could not be removed, the others were: [" + FULL + "]");
        assertThat(remote.labels()).containsExactly(FULL, LAST);
    }

    @Test
    @Tag("UP-09")
    void a_backup_whose_upload_failed_is_whole_here_and_is_uploaded_later() {
        RemoteCatalog nowhere;
        try (S3Store closed = S3Store.of(
                S3Server.settings(URI.create("http://127.0.0.1:9"), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            nowhere = new RemoteCatalog(closed, server.settings(S3Server.SECRET_KEY, 0), () -> Meter.NONE, records);
            assertThatThrownBy(() -> nowhere.upload(catalog.find(FULL), catalog.folder()))
                    .isInstanceOf(StepFailure.Unavailable.class);
        }
        FileCheck.check(Examination.begin(
                catalog.find(FULL).folder(), Optional.of(catalog.find(FULL).manifest())));
        upload(FULL);
        assertThat(remote.labels()).containsExactly(FULL);
    }

    @Test
    void the_next_backup_also_sends_those_whose_upload_failed_but_none_that_was_pruned_there() {
        List<Label> here = List.of(FULL, UNNEEDED, LAST);
        assertThat(Unsent.of(here, remote.labels())).containsExactly(LAST);
        upload(FULL);
        assertThat(Unsent.of(here, remote.labels())).containsExactly(UNNEEDED, LAST);
        upload(UNNEEDED);
        store.delete("stack/" + FULL + "/manifest.json");
        assertThat(Unsent.of(here, remote.labels())).containsExactly(LAST);
    }

    private Uploaded upload(Label label) {
        return remote.upload(catalog.find(label), catalog.folder());
    }

    private void publish(Label label, Kind kind, List<Label> needs, int archiveBytes) throws Exception {
        Path staging = catalog.stage(label.start());
        Path dump = Files.writeString(staging.resolve(Artifact.METADATA_DUMP), "sql");
        byte[] content = new byte[archiveBytes];
        new Random(label.hashCode()).nextBytes(content);
        Path archive = Files.write(staging.resolve(Artifact.SEGMENT_ARCHIVE), content);
        List<Artifact> artifacts = List.of(Digests.artifact(dump), Digests.artifact(archive));
        TreeMap<Label, ArchiveUse> archives = new TreeMap<>();
        for (Label need : needs) {
            Path file = need.equals(label)
                    ? archive
                    : catalog.folder().resolve(need.text()).resolve(Artifact.SEGMENT_ARCHIVE);
            archives.put(need, new ArchiveUse(Digests.artifact(file), 1, 1));
        }
        Manifests.publish(catalog, staging, label, kind, artifacts, archives);
    }
}
