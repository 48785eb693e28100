package dolmen.stack;

import dolmen.model.StepFailure.Failed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells when waiting for Druid is of no use: at once when none of its services runs, and when one has not run for a whole minute, which
 * is longer than an engine takes to restart it. Looks anew at each call; every wait needs an object of its own.
 */
public final class DruidDown implements Supplier<Optional<Failed>> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final StackServices services;
    private final LongSupplier nanoseconds;
    private final Map<String, Long> since = new HashMap<>();

    public DruidDown(StackServices services) {
        this(services, System::nanoTime);
    }

    DruidDown(StackServices services, LongSupplier nanoseconds) {
        this.services = services;
        this.nanoseconds = nanoseconds;
    }

    @Override
    public Optional<Failed> get() {
        List<String> down = services.druidDown();
        if (!down.isEmpty() && down.size() == services.druid().size()) {
            return Optional.of(failure(down, "no service of Druid runs: "));
        }
        long now = nanoseconds.getAsLong();
        since.keySet().retainAll(down);
        down.forEach(service -> since.putIfAbsent(service, now));
        List<String> ended = down.stream()
                .filter(service -> now - since.get(service) >= PATIENCE.toNanos())
                .toList();
        return ended.isEmpty() ? Optional.empty() : Optional.of(failure(ended, "these services do not run: "));
    }

    private static Failed failure(List<String> down, String what) {
        return new Failed(
                what + String.join(", ", down),
                "Look at their logs for why they ended: that is the first cause to mend.");
    }
}
