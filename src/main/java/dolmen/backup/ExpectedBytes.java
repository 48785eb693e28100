package dolmen.backup;

import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Tells the meter how many bytes a step of a backup will move, guessed from the last good backup. */
public final class ExpectedBytes {
    /** A dump is written, and read back. */
    private static final int DUMP_PASSES = 2;

    private final Supplier<Optional<Backup>> lastGood;

    public ExpectedBytes(Supplier<Optional<Backup>> lastGood) {
        this.lastGood = lastGood;
    }

    /** The dump is about as large as the last one. */
    public void dump(Meter meter) {
        guessFrom(meter, last -> DUMP_PASSES * bytes(last, Artifact.METADATA_DUMP));
    }

    /** The file of Metabase's data is about as large as the last one; {@code moved} tells what is read and written for it. */
    public void metabase(LongUnaryOperator moved, Meter meter) {
        guessFrom(
                meter,
                last -> moved.applyAsLong(
                        bytes(last, Artifact.METABASE_ARCHIVE) + bytes(last, Artifact.METABASE_DUMP)));
    }

    /** The archive of all segments has about the bytes that the last backup has in all of its archives. */
    public void segments(Meter meter) {
        guessFrom(meter, Manifest::segmentBytes);
    }

    private static long bytes(Manifest last, String artifact) {
        return last.artifact(artifact).map(Artifact::bytes).orElse(0L);
    }

    private void guessFrom(Meter meter, ToLongFunction<Manifest> bytes) {
        lastGood.get().ifPresent(last -> meter.guess(bytes.applyAsLong(last.manifest())));
    }
}
