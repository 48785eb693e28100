package dolmen.deepstorage;

import dolmen.archive.MemberIndex;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.SegmentEntry;
import dolmen.model.StepFailure;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What an incremental backup takes over from the one it builds on, decided from the dump and that one's index alone: the
 * archives that go on holding files of used segments, and the paths of the segments that none of them holds whole.
 * A path is no proof: what the base holds is a segment's only when it is the same segment.
 */
record Increment(List<String> wanted, long wantedBytes, SortedMap<Label, ArchiveUse> archives) {
    /** Hands the members that are still needed to the index. */
    public static Increment over(
            UsedSegments used, BaseSegments segments, LoadPaths paths, Backup base, Consumer<Member> index) {
        Path known = base.folder().resolve(Artifact.SEGMENT_INDEX);
        CoverageCheck check = segments.held(used, paths, SegmentFiles.ofIndex(known));
        SortedSet<String> wanted = new TreeSet<>();
        AtomicLong bytes = new AtomicLong();
        used.forEach(segment -> wanted(segment, segments, check, paths).ifPresent(path -> {
            wanted.add(path);
            bytes.addAndGet(segment.size());
        }));
        SortedMap<Label, ArchiveUse> archives = new TreeMap<>();
        MemberIndex.read(known, member -> {
            if (check.isNeeded(member.path())) {
                archives.merge(member.label(), first(base, member), (present, more) -> present.with(member));
                index.accept(member);
            }
        });
        return new Increment(List.copyOf(wanted), bytes.get(), archives);
    }

    private static Optional<String> wanted(
            SegmentEntry segment, BaseSegments segments, CoverageCheck check, LoadPaths paths) {
        return segments.isOther(segment) ? paths.of(segment) : check.lacking(segment);
    }

    private static ArchiveUse first(Backup base, Member member) {
        ArchiveUse known = base.manifest().archives().get(member.label());
        if (known == null) {
            throw new StepFailure.Damaged(
                    "the index of backup " + base.manifest().label() + " refers to the archive of " + member.label()
                            + ", its manifest does not",
                    "Take a full backup: `dolmen backup --full`.");
        }
        return new ArchiveUse(known.archive(), 0, 0).with(member);
    }
}
