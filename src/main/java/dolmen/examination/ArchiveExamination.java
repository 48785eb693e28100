package dolmen.examination;

import dolmen.archive.TarFile;
import dolmen.archive.TarInspector;
import dolmen.archive.TarScan;
import dolmen.archive.TarSummary;
import dolmen.archive.Unpacking;
import dolmen.catalog.FileCheck;
import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.ReferredFiles;
import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SharedPrefix;
import dolmen.metadata.MetadataDumps;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Coverage;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Incomplete;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads the segment archive of a backup from end to end, and the files in archives of others that it refers to, and
 * proves that every segment that the dump uses is held.
 */
public final class ArchiveExamination {
    /** A whole archive is read for the folder that its names begin with, and for its files and its sum. */
    private static final int TAR_PASSES = 2;

    /** The dump is read for the paths of its segments, and for their files. */
    private static final int DUMP_PASSES = 2;

    private final LoadPaths paths;
    private final MetadataDumps dumps;

    /** The paths of this stack; a script's archive may name the files in another way. */
    public ArchiveExamination(LoadPaths paths, MetadataDumps dumps) {
        this.dumps = dumps;
        this.paths = paths;
    }

    /** Counts what is read. Throws {@link Damaged} for what is not as it was published, {@link Incomplete} when segments are missing. */
    public BackupContents examine(BackupContents backup, Meter meter) {
        return backup.refersToOthers() ? examineReferring(backup, meter) : examineWhole(backup, meter);
    }

    private BackupContents examineWhole(BackupContents backup, Meter meter) {
        expect(backup, TAR_PASSES, meter);
        Path tar = backup.file(Artifact.SEGMENT_ARCHIVE);
        String prefix = SharedPrefix.find(TarFile.of(tar).counted(meter), paths)
                .orElseThrow(() -> new Damaged(
                        Artifact.SEGMENT_ARCHIVE + " of " + backup.name() + " holds no shared folder",
                        "Check that it is the archive of the folder that holds segments/."));
        AtomicReference<TarSummary> archive = new AtomicReference<>();
        Coverage proof;
        try (ListedFiles listed = ListedFiles.of(backup)) {
            SegmentFiles files = visitor -> {
                TarScan scan = new TarScan(Artifact.SEGMENT_ARCHIVE, new Unpacking(prefix, Long.MAX_VALUE));
                archive.set(TarInspector.list(tar, meter, member -> {
                    scan.take(member);
                    if (member.isFile()) {
                        listed.pass(member);
                        visitor.accept(member.name(), member.size());
                    }
                }));
            };
            proof = coverage(backup, files, prefix, meter);
            requireUnchanged(backup, archive.get());
            listed.end();
        }
        requireComplete(backup, proof);
        return backup.withArchive(
                prefix, proof, archive.get().files(), archive.get().bytes());
    }

    /** Of a backup without a manifest nothing tells how much there is to read but the files. */
    private static void expect(BackupContents backup, int tarPasses, Meter meter) {
        meter.expect(tarPasses * backup.file(Artifact.SEGMENT_ARCHIVE).toFile().length());
        meter.expect(DUMP_PASSES * backup.file(Artifact.METADATA_DUMP).toFile().length());
    }

    private BackupContents examineReferring(BackupContents backup, Meter meter) {
        expect(backup, 1, meter);
        requireUnchanged(backup, TarInspector.list(backup.file(Artifact.SEGMENT_ARCHIVE), meter, member -> {}));
        ReferredFiles.check(backup, meter);
        SegmentFiles all = SegmentFiles.ofIndex(backup.file(Artifact.SEGMENT_INDEX));
        String prefix = SharedPrefix.find(all, paths).orElseGet(paths::memberPrefix);
        SegmentFiles files = visitor -> {
            TarScan scan = new TarScan("the archive of " + backup.name(), new Unpacking(prefix, Long.MAX_VALUE));
            all.forEach((name, size) -> {
                scan.takeFile(name, size);
                visitor.accept(name, size);
            });
        };
        Coverage proof = coverage(backup, files, prefix, meter);
        requireComplete(backup, proof);
        Manifest manifest = backup.manifest().orElseThrow();
        return backup.withArchive(
                prefix,
                proof,
                manifest.archives().values().stream()
                        .mapToLong(ArchiveUse::files)
                        .sum(),
                manifest.segmentBytes());
    }

    private Coverage coverage(BackupContents backup, SegmentFiles files, String prefix, Meter meter) {
        UsedSegments used = dumps.usedSegments(backup.file(Artifact.METADATA_DUMP), meter);
        return CoverageCheck.check(used, paths.named(used, prefix), files, prefix, backup.accepted())
                .coverage();
    }

    private static void requireUnchanged(BackupContents backup, TarSummary archive) {
        Optional<Artifact> expected =
                backup.manifest().flatMap(manifest -> manifest.artifact(Artifact.SEGMENT_ARCHIVE));
        expected.ifPresent(known -> FileCheck.require(backup, known, archive.tar()));
    }

    private static void requireComplete(BackupContents backup, Coverage proof) {
        if (!proof.complete()) {
            throw new Incomplete(
                    proof.lacking() + " of " + proof.used() + " used segments are missing in " + backup.name() + ": "
                            + String.join(", ", proof.missing()),
                    "Use another backup, or restore what there is and re-ingest these intervals.");
        }
    }
}
