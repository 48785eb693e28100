package dolmen.progress;

import dolmen.model.Meter;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What one attempt at a step has done so far. */
final class StepMeter implements Meter {
    private final String step;
    private final Instant since;
    private final LongAdder counted = new LongAdder();
    private final LongAdder expected = new LongAdder();
    private volatile LongSupplier followed = () -> 0;
    private volatile long guessed;

    StepMeter(String step, Instant since) {
        this.step = step;
        this.since = since;
    }

    String step() {
        return step;
    }

    Instant since() {
        return since;
    }

    @Override
    public void expect(long bytes) {
        expected.add(bytes);
    }

    @Override
    public void guess(long bytes) {
        guessed = bytes;
    }

    @Override
    public void follow(LongSupplier bytes) {
        followed = bytes;
    }

    @Override
    public void add(long bytes) {
        counted.add(bytes);
    }

    /** Never negative, never more than what was announced. */
    long done() {
        long done = Math.max(0, counted.sum() + followed.getAsLong());
        return expected.sum() > 0 ? Math.min(done, expected.sum()) : done;
    }

    /** What was announced, or guessed while that holds; empty when it is not known. */
    OptionalLong total(long done) {
        if (expected.sum() > 0) {
            return OptionalLong.of(Math.max(done, expected.sum()));
        }
        return guessed > done ? OptionalLong.of(guessed) : OptionalLong.empty();
    }
}
