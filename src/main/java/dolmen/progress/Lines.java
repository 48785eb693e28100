package dolmen.progress;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows progress as lines of a log: the first one after 10 seconds, then each after twice the pause, up to 5 minutes. */
final class Lines implements Display {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Consumer<String> out;
    private final LongSupplier nanos;
    private Duration pause = FIRST;
    private long last;

    Lines(Consumer<String> out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    @Override
    public synchronized void show(StepProgress reading) {
        long now = nanos.getAsLong();
        if (now - last >= pause.toNanos() && reading.elapsed().compareTo(FIRST) >= 0) {
            out.accept(reading.words());
            last = now;
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        }
    }

    @Override
    public synchronized void clear() {
        pause = FIRST;
    }
}
