package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Digests;
import dolmen.archive.Sums;
import dolmen.archive.TarTarget;
import dolmen.archive.Tool;
import dolmen.deepstorage.ArchiveOrder;
import dolmen.deepstorage.BaseSegments;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.local.LocalDeepStorage;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupContents;
import dolmen.model.BackupRun;
import dolmen.model.Checksum;
import dolmen.model.IndexedSegment;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.SegmentArchive;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.Shard;
import dolmen.model.Transport;
import dolmen.model.UsedSegments;
import dolmen.settings.SegmentsSettings;
import dolmen.settings.StackSettings;
import dolmen.stack.local.LocalHost;
import dolmen.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A bucket and a real folder of segments whose backups go there and never lie here; their dumps are made up. */
final class StreamedBackups extends RealBucket {
    static final Label FIRST = new Label("20261122-020000");
    static final Label SECOND = new Label("20261123-020000");
    static final Label THIRD = new Label("20261124-020000");
    static final int MIB = 1 << 20;

    private final DeepStorage storage;
    final BucketPlace place;

    private final Path folder;
    private final Path shared;

    StreamedBackups(Path folder) throws Exception {
        super(folder);
        this.folder = folder;
        shared = Files.createDirectories(folder.resolve("shared"));
        segment("a", MIB);
        storage = new LocalDeepStorage(
                new LocalHost(new StackSettings(
                        StackSettings.Kind.LOCAL,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("true"),
                        Duration.ofSeconds(5),
                        "",
                        Optional.empty())),
                new SegmentsSettings("historical", shared.toString(), Optional.of(Transport.MOUNT), List.of()),
                state.resolve("scratch"),
                catalog.folder());
        place = place(store);
    }

    BucketPlace place(ObjectStore through) {
        return new BucketPlace(remote(through), objects(through), catalog, state.resolve("scratch"));
    }

    /** One more segment in the shared folder. */
    void segment(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(Files.createDirectories(shared.resolve("segments/" + name)).resolve("index.zip"), content);
    }

    private BaseSegments unchanged() {
        return BaseSegments.compare(prints(), prints());
    }

    SegmentPrints prints() {
        return consumer -> used().forEach(segment -> consumer.accept(new SegmentPrint(
                segment.id(),
                segment.datasource(),
                "",
                Checksum.of(segment.id()).sha256().substring(0, IndexedSegment.DIGITS))));
    }

    BackupRun full(Label label) {
        return made(place, label, Optional.empty());
    }

    /** A backup that is ready to be published. */
    BackupRun made(BucketPlace to, Label label, Optional<Backup> base) {
        Path staging = catalog.stage(label.start());
        TarTarget tar = to.archive(staging, label);
        ArchiveOrder full = ArchiveOrder.full(staging, label, tar, used(), prints());
        ArchiveOrder order =
                base.map(earlier -> full.over(unchanged(), earlier)).orElse(full);
        SegmentArchive archive = storage.archive(order, Meter.NONE).archive();
        return written(staging, label, base, archive);
    }

    /** The archive of the backup {@link #FIRST}. */
    SegmentArchive archive(Path staging, TarTarget tar) {
        return storage.archive(ArchiveOrder.full(staging, FIRST, tar, used(), prints()), Meter.NONE)
                .archive();
    }

    /** The steps after the archive, without a database. */
    BackupRun written(Path staging, Label label, Optional<Backup> base, SegmentArchive archive) {
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
            throw new UncheckedIOException(refused);
        }
    }

    UsedSegments used() {
        List<SegmentEntry> entries = new ArrayList<>();
        try (Stream<Path> segments = Files.list(shared.resolve("segments"))) {
            for (Path segment : segments.toList()) {
                entries.add(new SegmentEntry(
                        segment.getFileName().toString(),
                        "wiki",
                        "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z",
                        "v",
                        Shard.counted(0, 1),
                        "local",
                        segment.resolve("index.zip").toString(),
                        1));
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return entries::forEach;
    }

    /** A catalog with nothing but what was fetched for this backup, which is whole. */
    Catalog fetched(Label label) throws Exception {
        Catalog empty = new Catalog(folder.resolve("elsewhere"));
        new BackupFetch(remote, empty, request -> request.backup().label()).fetch(label, Meter.NONE);
        Backup backup = empty.find(label);
        FileCheck.check(BackupContents.begin(backup.folder(), Optional.of(backup.manifest())));
        assertThat(Tool.ok(backup.folder(), "sha256sum -c --quiet SHA256SUMS")).isEmpty();
        return empty;
    }

    /** The backup in the bucket holds all of the shared folder. */
    void fetchedHasAll(Label label) throws Exception {
        Path home = fetched(label).find(label).folder();
        Tool.ok(folder, "mkdir out && tar -xf " + home.resolve(Artifact.SEGMENT_ARCHIVE) + " -C out");
        assertThat(Tool.ok(folder, "diff -r out" + shared + " shared")).isEmpty();
    }
}
