package dolmen.druid;

import dolmen.model.StepFailure;
import dolmen.model.UnusedSegments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until Druid serves what is expected: a coordinator and an overlord lead; every datasource is shown with just
 * the segments of the dump, but for overshadowed ones, which it marks as unused after a while; none of the others is
 * unavailable; the broker answers queries, with as many rows as at the time of the backup; and all that in two readings one
 * after the other, since the first reading after a start may still show the state of before.
 */
public final class Availability {
    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** A process that starts before the coordinator knows no users until it asks again, by default after a minute. */
    private static final Duration UNKNOWN_USER_LIMIT = Duration.ofSeconds(90);

    private final DruidApi api;
    private final UnusedSegments unused;
    private final Duration limit;
    private final Pace pace;

    /**
     * @param unused what the metadata store says of segments that Druid does not show
     * @param limit how long the stack may take, as {@code dolmen.druid.verify-limit} says
     */
    public Availability(DruidApi api, UnusedSegments unused, Duration limit) {
        this(api, unused, limit, Pace.REAL);
    }

    /** By another pace; tests do not wait. */
    public Availability(DruidApi api, UnusedSegments unused, Duration limit, Pace pace) {
        this.api = api;
        this.unused = unused;
        this.limit = limit;
        this.pace = pace;
    }

    /** Looks twice without waiting for anything to change. Throws what the API throws. */
    public Verification look(Expectation expectation) {
        ClusterProbe probe = new ClusterProbe(api, unused);
        ClusterState first = probe.take(expectation);
        ClusterState second = probe.take(expectation);
        boolean newerAllowed = expectation.newerAllowed();
        return verdict(expectation, second, first.holds(newerAllowed) && second.holds(newerAllowed));
    }

    /**
     * Waits, and gives a verdict at the latest when the limit has passed and the calls of the last reading have ended.
     *
     * @param progress gets the progress after each reading that changes it
     * @param inVain gives the reason when there is nothing to wait for; asked after each reading that does not hold
     * @throws StepFailure.Failed when Druid does not authorise the user, something else than Druid answers, or it is in
     *     vain to wait
     */
    public Verification await(
            Expectation expectation, Consumer<Progress> progress, Supplier<Optional<StepFailure.Failed>> inVain) {
        return new Wait(expectation, progress, inVain).run();
    }

    private Verification verdict(Expectation expectation, ClusterState reading, boolean served) {
        List<String> warnings = new ArrayList<>(new VerificationWarnings(api).on(expectation, reading));
        List<ServingProblem> findings = served ? List.of() : findings(expectation, reading, warnings);
        return new Verification(served, Optional.of(reading.state()), reading.matches(), findings, warnings);
    }

    private List<ServingProblem> findings(Expectation expectation, ClusterState reading, List<String> warnings) {
        try {
            return new Diagnosis(api, unused).of(expectation, reading);
        } catch (StepFailure.Unavailable silence) {
            warnings.add("the diagnosis is not complete: " + silence.getMessage());
            return List.of(Diagnosis.ofSilence(silence));
        }
    }

    /** One wait and what it has seen so far. */
    private final class Wait {
        private final Expectation expectation;
        private final Consumer<Progress> progress;
        private final Supplier<Optional<StepFailure.Failed>> inVain;
        private final ClusterProbe probe = new ClusterProbe(api, unused);
        private final Duration start = pace.now();
        private ClusterState last;
        private StepFailure lastFailure;
        private Progress lastProgress;
        private Duration unauthorisedSince;
        private int holding;

        Wait(Expectation expectation, Consumer<Progress> progress, Supplier<Optional<StepFailure.Failed>> inVain) {
            this.expectation = expectation;
            this.progress = progress;
            this.inVain = inVain;
        }

        Verification run() {
            Duration end = start.plus(limit);
            while (true) {
                Duration begun = pace.now();
                look();
                if (holding == 0) {
                    inVain.get().ifPresent(failure -> {
                        throw failure;
                    });
                }
                if (holding == 2) {
                    LOG.info(
                            "druid served {} in {} s",
                            lastProgress,
                            pace.now().minus(start).toSeconds());
                    return verdict(expectation, last, true);
                }
                Duration now = pace.now();
                Duration left = end.minus(now);
                if (left.isNegative() || left.isZero()) {
                    return limitPassed();
                }
                pace.pause(shorter(left, pauseAfter(now.minus(begun))));
            }
        }

        private void look() {
            try {
                last = probe.take(expectation);
                lastFailure = null;
                unauthorisedSince = null;
                holding = last.holds(expectation.newerAllowed()) ? holding + 1 : 0;
                report();
            } catch (StepFailure.Unavailable failure) {
                miss(failure);
            } catch (StepFailure.Failed failure) {
                if (!mayBecomeKnown(failure)) {
                    throw failure;
                }
                miss(failure);
            }
        }

        private void miss(StepFailure failure) {
            holding = 0;
            if (lastFailure == null || !failure.getMessage().equals(lastFailure.getMessage())) {
                LOG.info("druid gave no reading: {}", failure.getMessage());
            }
            lastFailure = failure;
        }

        private boolean mayBecomeKnown(StepFailure failure) {
            if (!(failure.getCause() instanceof NotAuthorised)) {
                return false;
            }
            Duration now = pace.now();
            unauthorisedSince = unauthorisedSince == null ? now : unauthorisedSince;
            Duration end = start.plus(limit);
            return now.minus(unauthorisedSince).compareTo(UNKNOWN_USER_LIMIT) < 0 && now.compareTo(end) < 0;
        }

        private void report() {
            Progress now = new Progress(last.shown(), last.matches().size(), last.available(), last.expected());
            if (!now.equals(lastProgress)) {
                lastProgress = now;
                LOG.info("druid served {}", now);
                progress.accept(now);
            }
        }

        private Verification limitPassed() {
            LOG.info("druid did not serve everything within {} s", limit.toSeconds());
            if (lastFailure == null) {
                return verdict(expectation, last, false);
            }
            return new Verification(
                    false,
                    Optional.ofNullable(last).map(ClusterState::state),
                    last == null ? new TreeMap<>() : last.matches(),
                    List.of(Diagnosis.ofSilence(lastFailure)),
                    List.of());
        }
    }

    private static Duration pauseAfter(Duration taken) {
        return shorter(LONGEST_PAUSE, taken.compareTo(SHORTEST_PAUSE) > 0 ? taken : SHORTEST_PAUSE);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
