package dolmen.model;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A meter that tells what it was told. */
public class CountingMeter implements Meter {
    private final AtomicLong counted = new AtomicLong();
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong guessed = new AtomicLong();
    private volatile LongSupplier followed = () -> 0;

    public long done() {
        return counted.get() + followed.getAsLong();
    }

    public long expected() {
        return expected.get();
    }

    public long guessed() {
        return guessed.get();
    }

    @Override
    public void expect(long bytes) {
        expected.addAndGet(bytes);
    }

    @Override
    public void guess(long bytes) {
        guessed.set(bytes);
    }

    @Override
    public void follow(LongSupplier bytes) {
        followed = bytes;
    }

    @Override
    public void add(long bytes) {
        counted.addAndGet(bytes);
    }
}
