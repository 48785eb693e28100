package dolmen.segments;

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

    private final PathIndex others = new PathIndex();

    private final SegmentPrints used;

    private BaseSegments(SegmentPrints used, Predicate<SegmentPrint> same) {
        this.used = used;
        used.forEach(print -> {
            if (!same.test(print)) {
                others.add(print.id());
            }
        });
    }

    /** By the fingerprints of the dump and of the base, each read once. */
    public static BaseSegments compare(SegmentPrints used, SegmentPrints base) {
        PathIndex known = new PathIndex();
        base.forEach(print -> known.add(key(print)));
        return new BaseSegments(used, print -> known.find(key(print)) != PathIndex.ABSENT);
    }

    private static String key(SegmentPrint print) {
        return print.fingerprint() + print.id();
    }

    /** The fingerprints that the index of a backup has, of format 2 or later. */
    public static SegmentPrints ofIndex(Path index) {
        return consumer -> MemberIndex.segments(
                index,
                segment -> consumer.accept(
                        new SegmentPrint(segment.segment(), segment.datasource(), "", segment.fingerprint())));
    }

    /** The fingerprints of the used segments. */
    SegmentPrints prints() {
        return used;
    }

    /** Where the base's dump is not at hand: what was created since it began, or when nobody can tell, is another one. */
    public static BaseSegments createdBefore(SegmentPrints used, Instant begin) {
        Instant latest = begin.minus(CLOCKS);
        return new BaseSegments(used, print -> isBefore(print.created(), latest));
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
        return others.find(segment.id()) != PathIndex.ABSENT;
    }

    private static boolean isBefore(String created, Instant latest) {
        try {
            return Instant.parse(created).isBefore(latest);
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
