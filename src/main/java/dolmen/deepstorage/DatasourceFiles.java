package dolmen.deepstorage;

import dolmen.archive.ComposedTar;
import dolmen.archive.MemberIndex;
import dolmen.archive.MemberNames;
import dolmen.archive.TarFile;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Member;
import dolmen.model.StepFailure.Incomplete;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The files of some used segments of a backup, found by its index: as an index of their own, in the order of the other. */
public record DatasourceFiles(Path index, String prefix, long files, long bytes) {
    /**
     * Writes the index of what these segments need. The paths are those of this stack; a backup of a stack
     * with another root names files by that. Throws {@link Incomplete} when the backup lacks some of the files.
     */
    public static DatasourceFiles select(BackupContents backup, UsedSegments wanted, LoadPaths paths, Path target) {
        SegmentFiles all = SegmentFiles.ofIndex(backup.file(Artifact.SEGMENT_INDEX));
        String prefix = SharedPrefix.find(all, paths).orElseGet(paths::memberPrefix);
        CoverageCheck check = CoverageCheck.of(wanted, paths.named(wanted, prefix), all, prefix);
        requireHeld(backup, wanted, check);
        AtomicLong files = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        try (MemberIndex.Writer index = MemberIndex.create(target)) {
            MemberIndex.read(backup.file(Artifact.SEGMENT_INDEX), (Member member) -> {
                if (check.isNeeded(member.path())) {
                    index.accept(member);
                    files.incrementAndGet();
                    bytes.addAndGet(member.size());
                }
            });
            index.finish();
        }
        return new DatasourceFiles(target, prefix, files.get(), bytes.get());
    }

    private static void requireHeld(BackupContents backup, UsedSegments wanted, CoverageCheck check) {
        AtomicLong missing = new AtomicLong();
        AtomicReference<String> first = new AtomicReference<>("");
        wanted.forEach(segment -> {
            if (!check.isHeld(segment) && !backup.accepted().contains(segment.id())) {
                first.compareAndSet("", segment.id());
                missing.incrementAndGet();
            }
        });
        if (missing.get() > 0) {
            throw new Incomplete(
                    backup.name() + " lacks files of " + missing + " of these segments, first " + first,
                    "Use another backup, or ingest these intervals again.");
        }
    }

    /** They by names relative to the root of deep storage. */
    public SegmentFiles relative() {
        return visitor -> SegmentFiles.ofIndex(index)
                .forEach((name, size) -> MemberNames.below(prefix, name).ifPresent(path -> visitor.accept(path, size)));
    }

    /** They as a tar, composed from the archives that hold them. */
    public TarFile tar(BackupContents backup) {
        return new ComposedTar("the archive of " + backup.name(), index, backup::archive, prefix);
    }
}
