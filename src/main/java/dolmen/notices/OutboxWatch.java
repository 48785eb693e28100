package dolmen.notices;

import dolmen.model.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has waiting notices sent again: at once when the process starts, then after pauses that double up to an hour. */
public final class OutboxWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Outbox outbox;
    private final List<String> places;
    private final Consumer<String> sender;
    private final Duration pause;
    private final Clock clock;
    private final Map<String, Turn> turns = new HashMap<>();

    /** When a place is tried next, and how long to wait after that. */
    private record Turn(Instant next, Duration pause) {
        Turn after(Instant now) {
            Duration doubled = pause.multipliedBy(2);
            return new Turn(now.plus(pause), doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
        }
    }

    /** {@code sender} is handed the places to try, and returns at once; {@code pause} is the first one. */
    public OutboxWatch(Outbox outbox, List<String> places, Consumer<String> sender, Duration pause, Clock clock) {
        this.outbox = outbox;
        this.places = List.copyOf(places);
        this.sender = sender;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public void run() {
        guarded(() -> outbox.dropBut(places));
        places.forEach(place -> guarded(() -> look(place)));
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (StepFailure failure) {
            LOG.error("could not look at what waits to be sent: {} HINT: {}", failure.getMessage(), failure.hint());
        }
    }

    private void look(String place) {
        Instant now = clock.instant();
        if (outbox.waiting(place) == 0) {
            turns.remove(place);
            return;
        }
        Turn turn = turns.getOrDefault(place, new Turn(now, pause));
        if (!turn.next().isAfter(now)) {
            turns.put(place, turn.after(now));
            sender.accept(place);
        }
    }
}
