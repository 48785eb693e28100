package dolmen.deepstorage;

import dolmen.archive.TarTarget;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.SegmentPrints;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a backup asks deep storage for: the segments that the dump uses and their fingerprints, the backup's label, where
 * the archive goes to, and the staging folder that gets its index. With a base the archive holds only what no archive
 * holds that the base refers to, and the index all; without one it holds every file there is.
 */
public record ArchiveOrder(
        Path staging, Label label, TarTarget tar, UsedSegments used, SegmentPrints prints, Optional<Base> base) {
    /** The backup that an incremental one builds on, and which of the used segments are the same there. */
    public record Base(BaseSegments segments, Backup backup) {}

    public static ArchiveOrder full(Path staging, Label label, TarTarget tar, UsedSegments used, SegmentPrints prints) {
        return new ArchiveOrder(staging, label, tar, used, prints, Optional.empty());
    }

    /** An archive of only what is new. */
    public ArchiveOrder over(BaseSegments segments, Backup backup) {
        return new ArchiveOrder(staging, label, tar, used, segments.prints(), Optional.of(new Base(segments, backup)));
    }
}
