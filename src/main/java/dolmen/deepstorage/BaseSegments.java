package dolmen.deepstorage;

import dolmen.archive.MemberIndex;
import dolmen.archive.PathIndex;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Tells which used segments are the same as in the base of an incremental backup. Druid gives the same id, and so the same
 * path, to other content once the first segment was dropped, killed and forgotten; so the fingerprints of the rows decide.
 * Takes about 60 MB for a million segments.
 */
public final class BaseSegments {
    /** The clocks of Druid's machines and of this one may differ by so much. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    /** The ids of the used segments that the base does not have, or has with other content. */
    private final PathIndex newOrChanged = new PathIndex();

    private final SegmentPrints used;
    private final boolean byFingerprint;

    private BaseSegments(SegmentPrints used, boolean byFingerprint, Predicate<SegmentPrint> same) {
        this.used = used;
        this.byFingerprint = byFingerprint;
        used.forEach(print -> {
            if (!same.test(print)) {
                newOrChanged.add(print.id());
            }
        });
    }

    /** By the fingerprints of the dump and of the base, each read once. */
    public static BaseSegments compare(SegmentPrints used, SegmentPrints base) {
        PathIndex held = new PathIndex();
        base.forEach(print -> held.add(print.fingerprint()));
        return new BaseSegments(used, true, print -> held.find(print.fingerprint()) != PathIndex.ABSENT);
    }

    /** The fingerprints that the index of a backup has, of format 2 or later. */
    public static SegmentPrints ofIndex(Path index) {
        return consumer -> MemberIndex.segments(
                index,
                segment -> consumer.accept(
                        new SegmentPrint(segment.segment(), segment.datasource(), "", segment.fingerprint())));
    }

    /** The fingerprints of the used segments. */
    public SegmentPrints prints() {
        return used;
    }

    /**
     * Where the base has no fingerprints and its dump is not at hand: what was created since it began, or when nobody can
     * tell, is another one, and of the rest the sizes must be the same.
     */
    public static BaseSegments createdBefore(SegmentPrints used, Instant begin) {
        Instant latest = begin.minus(CLOCKS);
        return new BaseSegments(used, false, print -> isBefore(print.created(), latest));
    }

    /** What of the used segments these files hold, of those that are the same in the base. */
    public CoverageCheck held(UsedSegments used, LoadPaths paths, SegmentFiles files) {
        return CoverageCheck.of(same(used), paths, files, paths.memberPrefix(), !byFingerprint);
    }

    /** Of the used segments those that are the same in the base. */
    UsedSegments same(UsedSegments used) {
        return consumer -> used.forEach(segment -> {
            if (!isOther(segment)) {
                consumer.accept(segment);
            }
        });
    }

    /** Whether the base does not have this segment, or another one with its id. */
    boolean isOther(SegmentEntry segment) {
        return newOrChanged.find(segment.id()) != PathIndex.ABSENT;
    }

    private static boolean isBefore(String created, Instant latest) {
        try {
            return Instant.parse(created).isBefore(latest);
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
