package dolmen.deepstorage.local;

import dolmen.archive.TarTarget;
import dolmen.archive.Tool;
import dolmen.catalog.Manifests;
import dolmen.deepstorage.ArchiveOrder;
import dolmen.deepstorage.BaseSegments;
import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.MadeArchive;
import dolmen.deepstorage.SegmentFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupContents;
import dolmen.model.Checksum;
import dolmen.model.Coverage;
import dolmen.model.IndexedSegment;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.SegmentArchive;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.Transport;
import dolmen.model.UsedSegments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Backups of the segments of one stack, of which the later ones hold only what the earlier ones do not. */
public final class IncrementalBackups {
    static final Label FULL = new Label("20261122-020000");
    static final Label NEXT = new Label("20261123-020000");
    static final UsedSegments USED = Fixture.dump("script-backup");

    /** The rows are those of the base. */
    static final SegmentPrints SAME = consumer -> USED.forEach(segment -> consumer.accept(
            new SegmentPrint(segment.id(), segment.datasource(), "2024-03-01T00:00:00Z", print(segment.id()))));

    public static String print(String text) {
        return Checksum.of(text).sha256().substring(0, IndexedSegment.DIGITS);
    }

    /** The folder that is taken for new: the first backup was made without it. */
    static final String NEW = "segments/wiki";

    public final ArchivedStack stack;
    private final Path folder;
    private final Map<Label, SegmentArchive> archives = new TreeMap<>();

    public IncrementalBackups(Path folder) throws Exception {
        this.folder = folder;
        this.stack = new ArchivedStack(folder);
    }

    /** A full backup that was made while this path was not there. */
    public Backup fullWithout(String path) throws Exception {
        Tool.ok(folder, "mv root/opt/shared/" + path + " aside");
        Backup backup = full(stack.volume(Transport.MOUNT));
        Tool.ok(folder, "mv aside root/opt/shared/" + path);
        return backup;
    }

    Backup full(LocalDeepStorage volume) throws Exception {
        Path home = home(FULL);
        return backup(home, FULL, Kind.FULL, volume.archive(order(home, FULL), Meter.NONE));
    }

    Backup incremental(LocalDeepStorage volume, Backup base) throws Exception {
        return incremental(volume, base, NEXT);
    }

    Backup incremental(LocalDeepStorage volume, Backup base, Label label) throws Exception {
        return incremental(volume, base, label, BaseSegments.compare(SAME, SAME));
    }

    Backup incremental(LocalDeepStorage volume, Backup base, Label label, BaseSegments segments) throws Exception {
        Path home = home(label);
        return backup(
                home, label, Kind.INCREMENTAL, volume.archive(order(home, label).over(segments, base), Meter.NONE));
    }

    private static ArchiveOrder order(Path home, Label label) {
        return ArchiveOrder.full(home, label, TarTarget.of(home.resolve(Artifact.SEGMENT_ARCHIVE)), USED, SAME);
    }

    private Path home(Label label) throws Exception {
        return Files.createDirectory(stack.catalog.resolve(label.text()));
    }

    private Backup backup(Path home, Label label, Kind kind, MadeArchive made) {
        SegmentArchive archive = made.archive();
        archives.put(label, archive);
        Manifest manifest = Manifests.of(label, kind, List.of(archive.tar(), archive.index()), archive.archives());
        return new Backup(home, manifest);
    }

    SegmentArchive archive(Backup backup) {
        return archives.get(backup.manifest().label());
    }

    /** A deep reading of the backup. */
    public BackupContents examined(Backup backup) {
        return BackupContents.begin(backup.folder(), Optional.of(backup.manifest()))
                .withArchive("opt/shared", coverage(backup), 0, 0);
    }

    /** The backup as it was just written. */
    BackupContents written(Backup backup) {
        return BackupContents.written(backup.folder(), stack.catalog, Optional.of(backup.manifest()));
    }

    Coverage coverage(Backup backup) {
        SegmentFiles files = SegmentFiles.ofIndex(backup.folder().resolve(Artifact.SEGMENT_INDEX));
        return CoverageCheck.check(USED, Fixture.PATHS, files, "opt/shared").coverage();
    }

    long filesIn(String path) throws Exception {
        return Tool.ok(stack.shared, "find " + path + " -type f").lines().count();
    }
}
