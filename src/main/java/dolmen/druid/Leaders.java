package dolmen.druid;

import dolmen.model.StepFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Waits until a coordinator and an overlord lead and do a leader's work, as they do a while after they were started. For a
 * moment each is named as the leader and does not act as one yet: it redirects calls to its own address, which may be one
 * that only the stack can resolve, or answers 503.
 */
public final class Leaders {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DruidApi api;
    private final Duration limit;
    private final Pace pace;

    /** @param limit how long they may take */
    public Leaders(DruidApi api, Duration limit) {
        this(api, limit, Pace.REAL);
    }

    Leaders(DruidApi api, Duration limit, Pace pace) {
        this.api = api;
        this.limit = limit;
        this.pace = pace;
    }

    /**
     * Returns when both work. Throws {@code Unavailable} when the limit has passed, and what {@code inVain} has, which is
     * asked each time that they do not.
     */
    public void await(Supplier<Optional<StepFailure.Failed>> inVain) {
        Duration end = pace.now().plus(limit);
        while (true) {
            Optional<StepFailure.Unavailable> missing = missing();
            if (missing.isEmpty()) {
                return;
            }
            inVain.get().ifPresent(failure -> {
                throw failure;
            });
            if (pace.now().compareTo(end) >= 0) {
                throw missing.get();
            }
            pace.pause(PAUSE);
        }
    }

    private Optional<StepFailure.Unavailable> missing() {
        try {
            boolean coordinator = api.coordinatorLeader().isPresent();
            if (coordinator && api.overlordLeader().isPresent()) {
                api.datasources();
                api.activeTasks();
                return Optional.empty();
            }
            return Optional.of(new StepFailure.Unavailable(
                    "no " + (coordinator ? "overlord" : "coordinator") + " leads",
                    "Look at its log and at ZooKeeper."));
        } catch (StepFailure.Unavailable silent) {
            return Optional.of(silent);
        }
    }
}
