package dolmen.deepstorage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.TarTarget;
import dolmen.catalog.Manifests;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupContents;
import dolmen.model.Checksum;
import dolmen.model.Coverage;
import dolmen.model.IndexedSegment;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.SegmentArchive;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.Shard;
import dolmen.model.UsedSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Druid's segments in some deep storage, one file each, and backups of them below a folder. */
final class SegmentBackups {
    private final DeepStorageFixture fixture;
    private final Path catalog;
    private final SortedMap<String, String> used = new TreeMap<>();

    SegmentBackups(DeepStorageFixture fixture, Path catalog) {
        this.fixture = fixture;
        this.catalog = catalog;
    }

    /** A backup, and what was packed for it. */
    record Made(Backup backup, MadeArchive archive) {}

    /** Druid writes a segment and uses it; what it used under this id before is forgotten. */
    void publish(String id, String content) {
        fixture.put(path(id) + "data", content);
        used.put(id, content);
    }

    static String path(String id) {
        return "segments/wiki/" + id + "/";
    }

    UsedSegments used() {
        LoadPaths paths = fixture.open().paths();
        return consumer -> used.forEach((id, content) -> consumer.accept(new SegmentEntry(
                id,
                "wiki",
                "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z",
                "v",
                Shard.counted(0, 1),
                paths.type(),
                paths.root() + "/" + path(id),
                content.length())));
    }

    /** The fingerprints of what is used now. */
    SegmentPrints prints() {
        SortedMap<String, String> now = new TreeMap<>(used);
        return consumer -> now.forEach((id, content) -> consumer.accept(new SegmentPrint(
                id,
                "wiki",
                "2024-03-01T00:00:00.000Z",
                Checksum.of(id + content).sha256().substring(0, IndexedSegment.DIGITS))));
    }

    ArchiveOrder order(String label) throws IOException {
        Path folder = Files.createDirectories(catalog.resolve(label));
        TarTarget tar = TarTarget.of(folder.resolve(Artifact.SEGMENT_ARCHIVE));
        return ArchiveOrder.full(folder, new Label(label), tar, used(), prints());
    }

    Made full(String label) throws IOException {
        return made(Kind.FULL, order(label));
    }

    Made over(Backup base, SegmentPrints then, String label) throws IOException {
        return made(Kind.INCREMENTAL, order(label).over(BaseSegments.compare(prints(), then), base));
    }

    private Made made(Kind kind, ArchiveOrder order) {
        MadeArchive made = fixture.open().archive(order, Meter.NONE);
        SegmentArchive archive = made.archive();
        List<Artifact> artifacts = List.of(archive.tar(), archive.index());
        return new Made(
                new Backup(order.staging(), Manifests.of(order.label(), kind, artifacts, archive.archives())), made);
    }

    BackupContents contents(Backup backup) {
        return BackupContents.begin(backup.folder(), Optional.of(backup.manifest()))
                .withArchive(fixture.open().paths().memberPrefix(), new Coverage(0, 0, List.of()), 0, 0);
    }

    Coverage coverage(Backup backup) {
        LoadPaths paths = fixture.open().paths();
        SegmentFiles files = SegmentFiles.ofIndex(backup.folder().resolve(Artifact.SEGMENT_INDEX));
        return CoverageCheck.check(used(), paths, files, paths.memberPrefix()).coverage();
    }

    /** Whether the files that are there are those that Druid uses. */
    Coverage live(SegmentFiles files) {
        return CoverageCheck.check(used(), fixture.open().paths(), files, "").coverage();
    }

    /** The sizes of files by their names, of which none may come twice. */
    static SortedMap<String, Long> listed(SegmentFiles files) {
        SortedMap<String, Long> listed = new TreeMap<>();
        files.forEach(
                (path, size) -> assertThat(listed.put(path, size)).as(path).isNull());
        return listed;
    }

    static SortedMap<String, Long> sizes(SortedMap<String, String> content) {
        SortedMap<String, Long> sizes = new TreeMap<>();
        content.forEach((path, text) -> sizes.put(path, (long) text.length()));
        return sizes;
    }
}
