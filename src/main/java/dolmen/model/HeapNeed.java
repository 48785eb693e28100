package dolmen.model;

import dolmen.model.StepFailure.Refused;
import java.util.Optional;

/**
 * The heap, in bytes, that Java needs for a number of used segments. Steps hold hashes of all segments in memory. What counts is the
 * step that holds most, an incremental backup, which compares two dumps and an index; a fixed amount for everything else is added.
 */
public record HeapNeed(long segments) {
    /** What the arrays of an incremental backup take for a segment while they grow. */
    private static final long BYTES_PER_SEGMENT = 144;

    private static final long EVERYTHING_ELSE = 80L << 20;
    private static final long MIB = 1L << 20;

    /** The bytes of heap. */
    public long bytes() {
        return Math.addExact(EVERYTHING_ELSE, Math.multiplyExact(BYTES_PER_SEGMENT, segments));
    }

    /** Why a heap of this size is too small; empty when it is not. */
    public Optional<Refused> objection(long heap) {
        if (bytes() <= heap) {
            return Optional.empty();
        }
        return Optional.of(new Refused(
                segments + " used segments need " + mebibytes(bytes()) + " MiB of heap, and Java may take " + heap / MIB
                        + " MiB",
                "Set DOLMEN_OPTS=-Xmx" + mebibytes(bytes()) * 9 / 8
                        + "m; a container needs more memory than that. Nothing was changed."));
    }

    private static long mebibytes(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    /** Why the heap that this Java may take is too small; empty when it is not. */
    public Optional<Refused> objection() {
        return objection(Runtime.getRuntime().maxMemory());
    }

    /** Throws {@link Refused} when this Java has too small a heap, before any segment is held in it. */
    public static void require(long segments) {
        new HeapNeed(segments).objection().ifPresent(tooSmall -> {
            throw tooSmall;
        });
    }
}
