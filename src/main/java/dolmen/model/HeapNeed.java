package dolmen.model;

import dolmen.model.StepFailure.Refused;
import java.util.Optional;

/**
 * The heap that Java needs for a number of used segments, of which hashes are held in memory: what the step takes that holds
 * the most (an incremental backup, which compares two dumps and an index), and what everything else takes.
 */
public record HeapNeed(long segments) {
    /** Of the arrays of an incremental backup while they grow. */
    private static final long BYTES_PER_SEGMENT = 144;

    private static final long REST = 80L << 20;
    private static final long MIB = 1L << 20;

    public long bytes() {
        return Math.addExact(REST, Math.multiplyExact(BYTES_PER_SEGMENT, segments));
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
                        + "m, and let its container have more than that. Nothing was changed."));
    }

    private static long mebibytes(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    /** For the heap that this Java has. */
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
