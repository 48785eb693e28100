package dolmen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.archive.Sums;
import dolmen.archive.TarTarget;
import dolmen.archive.Tool;
import dolmen.catalog.BaseSearch.Found;
import dolmen.catalog.BucketRecords;
import dolmen.catalog.Catalog;
import dolmen.catalog.FileCheck;
import dolmen.catalog.LastGood;
import dolmen.catalog.Manifests;
import dolmen.catalog.Pruning;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Checksum;
import dolmen.model.Examination;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Retention;
import dolmen.model.Road;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.SegmentArchive;
import dolmen.model.SegmentEntry;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Refused;
import dolmen.model.UsedSegments;
import dolmen.segments.SegmentVolume;
import dolmen.settings.SegmentsSettings;
import dolmen.settings.StackSettings;
import dolmen.settings.StorageSettings;
import dolmen.stack.LocalHost;
import dolmen.storage.CutAfter;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that never lie on this machine, of a real folder, in a real server of S3's protocol. */
class BucketPlaceTest {
    private static final Label FIRST = new Label("20261122-020000");
    private static final Label SECOND = new Label("20261123-020000");
    private static final Label THIRD = new Label("20261124-020000");
    private static final StackIdentity STACK = new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>());
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private S3Server server;
    private S3Store store;
    private BucketRecords records;
    private RemoteCatalog remote;
    private Catalog catalog;
    private Path shared;
    private Path state;
    private SegmentVolume volume;
    private BucketPlace place;

    @BeforeEach
    void a_bucket_and_a_shared_folder() throws Exception {
        server = new S3Server(folder.resolve("s3"));
        store = S3Store.of(server.settings(S3Server.SECRET_KEY, 0));
        catalog = new Catalog(folder.resolve("catalog"));
        state = Files.createDirectories(folder.resolve("state"));
        shared = Files.createDirectories(folder.resolve("shared"));
        segment("a", MIB);
        volume = new SegmentVolume(
                new LocalHost(new StackSettings(
                        StackSettings.Kind.LOCAL,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("true"),
                        Duration.ofSeconds(5),
                        "",
                        Optional.empty())),
                new SegmentsSettings("historical", shared.toString(), Optional.of(Road.MOUNT), List.of()),
                catalog.folder());
        records = new BucketRecords(state, server.settings(S3Server.SECRET_KEY, 0));
        remote = new RemoteCatalog(store, server.settings(S3Server.SECRET_KEY, 0), () -> Meter.NONE, records);
        place = place(store);
    }

    @AfterEach
    void ends() {
        store.close();
        server.close();
    }

    @Test
    @Timeout(300)
    void an_archive_of_a_hundred_mebibytes_comes_whole_and_never_lies_on_this_machine() throws Exception {
        for (int number = 0; number < 20; number++) {
            segment("large-" + number, 5 * MIB + number);
        }
        AtomicLong most = new AtomicLong();
        AtomicLong looks = new AtomicLong();
        Thread watch = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                most.accumulateAndGet(bytesHere(), Math::max);
                looks.incrementAndGet();
            }
        });
        watch.start();

        BackupRun made = full(FIRST);
        BackupRun published = place.publish(made);

        watch.interrupt();
        watch.join();
        long archive = made.segments().orElseThrow().tar().bytes();
        System.out.println(
                "streamed " + archive + " bytes; at most " + most + " bytes lay here, looked at " + looks + " times");
        assertThat(archive).isGreaterThan(100L * MIB);
        assertThat(looks.get()).isGreaterThan(20);
        assertThat(most.get()).isPositive().isLessThan(MIB);
        assertThat(published.details()).singleElement().asString().contains("lies in s3://backups/stack alone");
        assertThat(remote.labels()).containsExactly(FIRST);
        assertThat(catalog.labels()).isEmpty();
        assertThat(catalog.unfinished()).isEmpty();
        fetchedHasAll(FIRST);
    }

    @Test
    void nothing_counts_before_all_was_read_back() {
        ObjectStore lossy = new LossyStore(store);
        BackupRun made = made(place(lossy), FIRST, Optional.empty());

        assertThatThrownBy(() -> place(lossy).publish(made)).isInstanceOf(Damaged.class);
        assertThat(remote.labels()).isEmpty();
        assertThat(new LastGood(catalog, records).find()).isEmpty();
    }

    @Test
    @Timeout(120)
    void a_line_that_is_cut_is_unavailable_and_the_step_is_repeated_from_its_beginning() throws Exception {
        segment("large", 40 * MIB);
        Path staging = catalog.stage(FIRST.start());
        try (CutAfter cut = new CutAfter(server.endpoint(), 17L * MIB);
                S3Store through =
                        S3Store.of(S3Server.settings(cut.address(), S3Server.BUCKET, S3Server.SECRET_KEY, 0))) {
            BucketPlace line = place(through);
            assertThatThrownBy(() -> volume.archive(staging, FIRST, line.archive(staging, FIRST)))
                    .isInstanceOf(StepFailure.Unavailable.class);
        }
        assertThat(store.list("stack/")).isEmpty();
        assertThat(Tool.ok(staging, "ls -A")).isEmpty();

        SegmentArchive archive =
                volume.archive(staging, FIRST, place.archive(staging, FIRST)).archive();
        place.publish(written(staging, FIRST, Optional.empty(), archive));

        assertThat(store.abandon("stack/", Instant.now().plusSeconds(60))).isZero();
        fetchedHasAll(FIRST);
    }

    @Test
    void a_source_that_fails_completes_nothing() throws Exception {
        segment("large", 12 * MIB);
        Path staging = catalog.stage(FIRST.start());
        TarTarget broken = new BreakingTarget(place.archive(staging, FIRST), 7 * MIB);

        assertThatThrownBy(() -> volume.archive(staging, FIRST, broken)).isInstanceOf(IllegalStateException.class);

        assertThat(store.list("stack/")).isEmpty();
        assertThat(store.abandon("stack/", Instant.now().plusSeconds(60))).isZero();
    }

    @Test
    void an_incremental_backup_builds_on_the_newest_one_of_the_bucket_and_is_restored_with_what_it_needs()
            throws Exception {
        assertThat(place.base(STACK).base()).isEmpty();
        place.publish(full(FIRST));
        segment("b", 3);
        Backup base = place.base(STACK).base().orElseThrow();

        BackupRun made = made(place, SECOND, Optional.of(base));
        place.publish(made);

        assertThat(made.segments().orElseThrow().files()).isEqualTo(1);
        assertThat(made.segments().orElseThrow().archives()).containsOnlyKeys(FIRST, SECOND);
        assertThat(Tool.ok(state, "find . -type f -printf '%f\\n'")).isEqualTo("manifest.json\nmanifest.json\n");
        Catalog empty = fetched(SECOND);
        assertThat(empty.folder().resolve(FIRST.text()).resolve(Artifact.SEGMENT_ARCHIVE))
                .isRegularFile();
        assertThat(new LastGood(catalog, records)
                        .find()
                        .orElseThrow()
                        .manifest()
                        .label())
                .isEqualTo(SECOND);
    }

    @Test
    void without_the_archive_or_the_index_that_it_needs_a_backup_is_full_and_says_why() throws Exception {
        place.publish(full(FIRST));
        Tool.ok(folder, "printf x >> s3/backups/stack/" + FIRST + "/segments.jsonl.gz");
        Found damaged = place.base(STACK);
        assertThat(damaged.base()).isEmpty();
        assertThat(damaged.whyNot()).contains("no good backup");

        place.publish(full(SECOND));
        store.delete("stack/" + SECOND + "/druid_shared.tar");
        Found lacking = place.base(STACK);
        assertThat(lacking.base()).isEmpty();
        assertThat(lacking.whyNot()).contains("needs the archive of " + SECOND);
    }

    @Test
    void an_archive_that_went_meanwhile_keeps_the_backup_that_needs_it_from_counting() throws Exception {
        place.publish(full(FIRST));
        segment("b", 3);
        BackupRun made = made(place, SECOND, place.base(STACK).base());
        store.delete("stack/" + FIRST + "/druid_shared.tar");

        assertThatThrownBy(() -> place.publish(made))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("lacks");
        assertThat(remote.labels()).containsExactly(FIRST);
    }

    @Test
    void the_next_backup_removes_what_a_killed_one_left_there_and_nothing_else() throws Exception {
        place.publish(full(FIRST));
        remote.mark(SECOND);
        store.put("stack/" + SECOND + "/druid_shared.tar", "needed by others");
        full(THIRD);
        catalog.stage(FIRST.start());
        catalog.stage(SECOND.start());
        assertThat(store.list("stack/" + THIRD + "/")).contains("stack/" + THIRD + "/druid_shared.tar");

        place.removeUnfinished();

        assertThat(store.list("stack/" + THIRD + "/")).isEmpty();
        assertThat(store.list("stack/" + SECOND + "/"))
                .contains("stack/" + SECOND + "/druid_shared.tar", "stack/" + SECOND + "/pruned.json");
        assertThat(catalog.unfinished()).isEmpty();
        remote.verify(FIRST, Files.createDirectories(folder.resolve("scratch")));
    }

    @Test
    void a_published_backup_is_never_written_over() throws Exception {
        place.publish(full(FIRST));
        Path staging = catalog.stage(FIRST.start());
        assertThatThrownBy(() -> volume.archive(staging, FIRST, place.archive(staging, FIRST)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("there is a backup " + FIRST);
    }

    @Test
    void the_publication_may_be_repeated() throws Exception {
        BackupRun made = full(FIRST);
        remote.complete(new Backup(made.staging(), made.manifest().orElseThrow()));
        place.publish(made);
        assertThat(remote.labels()).containsExactly(FIRST);
        assertThat(catalog.unfinished()).isEmpty();
    }

    @Test
    void pruning_the_bucket_keeps_the_archive_that_a_kept_backup_needs() throws Exception {
        place.publish(full(FIRST));
        segment("b", 3);
        place.publish(made(place, SECOND, place.base(STACK).base()));
        Pruning pruning = new Pruning(
                new RemoteBackups(remote, store, server.settings(S3Server.SECRET_KEY, 0), state),
                new Retention(1, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC),
                state,
                Clock.systemUTC());

        pruning.carryOut(pruning.plan(STACK, Set.of()));

        assertThat(remote.labels()).containsExactly(SECOND);
        fetched(SECOND);
    }

    @Test
    void a_restore_without_a_label_fetches_the_newest_one_though_an_older_one_was_fetched_before() {
        place.publish(full(FIRST));
        RunRequest newest = RunRequest.of(Operation.RESTORE, Origin.COMMAND);
        new BackupFetch(remote, catalog, true).fetchWanted(newest);
        place.publish(full(SECOND));
        new BackupFetch(remote, catalog, false).fetchWanted(newest);
        assertThat(catalog.labels()).containsExactly(FIRST);

        new BackupFetch(remote, catalog, true).fetchWanted(newest);

        assertThat(catalog.labels()).containsExactly(FIRST, SECOND);
    }

    private BucketPlace place(ObjectStore through) {
        StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
        RemoteCatalog there = new RemoteCatalog(through, settings, () -> Meter.NONE, records);
        return new BucketPlace(
                there, new RemoteBackups(there, through, settings, state), catalog, state.resolve("scratch"));
    }

    private BackupRun full(Label label) {
        return made(place, label, Optional.empty());
    }

    private BackupRun made(BucketPlace to, Label label, Optional<Backup> base) {
        Path staging = catalog.stage(label.start());
        TarTarget tar = to.archive(staging, label);
        SegmentArchive archive = base.map(earlier -> volume.archiveNew(staging, label, tar, used(), earlier))
                .orElseGet(() -> volume.archive(staging, label, tar))
                .archive();
        return written(staging, label, base, archive);
    }

    /** The steps after the archive, without a database. */
    private BackupRun written(Path staging, Label label, Optional<Backup> base, SegmentArchive archive) {
        try {
            Artifact dump = Digests.artifact(Files.writeString(staging.resolve(Artifact.METADATA_DUMP), "sql"));
            List<Artifact> artifacts = List.of(dump, archive.tar(), archive.index());
            Kind kind = base.isPresent() ? Kind.INCREMENTAL : Kind.FULL;
            var manifest = Manifests.of(label, kind, artifacts, archive.archives());
            Map<String, Checksum> sums = new TreeMap<>();
            artifacts.forEach(artifact -> sums.put(artifact.name(), artifact.sha256()));
            sums.put(Artifact.MANIFEST, catalog.write(staging, manifest).sha256());
            Sums.write(staging, sums);
            Run run = Run.begin(RunRequest.of(Operation.BACKUP, Origin.COMMAND), label.start());
            return BackupRun.begin(run, label, staging, STACK)
                    .withSegments(archive)
                    .withManifest(manifest);
        } catch (IOException refused) {
            throw new java.io.UncheckedIOException(refused);
        }
    }

    private UsedSegments used() {
        List<SegmentEntry> entries = new ArrayList<>();
        try (Stream<Path> segments = Files.list(shared.resolve("segments"))) {
            for (Path segment : segments.toList()) {
                entries.add(new SegmentEntry(
                        segment.getFileName().toString(),
                        "wiki",
                        "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z",
                        "v",
                        0,
                        "local",
                        segment.resolve("index.zip").toString(),
                        1));
            }
        } catch (IOException refused) {
            throw new java.io.UncheckedIOException(refused);
        }
        return entries::forEach;
    }

    private void segment(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(Files.createDirectories(shared.resolve("segments/" + name)).resolve("index.zip"), content);
    }

    private Catalog fetched(Label label) throws Exception {
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        new BackupFetch(remote, empty).fetch(label);
        Backup backup = empty.find(label);
        FileCheck.check(Examination.begin(backup.folder(), Optional.of(backup.manifest())));
        assertThat(Tool.ok(backup.folder(), "sha256sum -c --quiet SHA256SUMS")).isEmpty();
        return empty;
    }

    private void fetchedHasAll(Label label) throws Exception {
        Path home = fetched(label).find(label).folder();
        Tool.ok(folder, "mkdir out && tar -xf " + home.resolve(Artifact.SEGMENT_ARCHIVE) + " -C out");
        assertThat(Tool.ok(folder, "diff -r out" + shared + " shared")).isEmpty();
    }

    /** The bytes of all files below the catalog and the state folder. */
    private long bytesHere() {
        long bytes = 0;
        for (Path root : List.of(catalog.folder(), state)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes += Files.size(file);
                }
            } catch (IOException | java.io.UncheckedIOException gone) {
                // renamed or removed while it was looked at
            }
        }
        return bytes;
    }
}
