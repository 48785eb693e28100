package dolmen.settings;

import java.time.Duration;
import java.util.Map;

/**
 * The {@code dolmen.retry.*} block: how often a step whose failure may pass is tried in all, the first pause, the
 * factor by which pauses grow, their upper bound, and other numbers of attempts for single steps.
 */
public record RetrySettings(
        int attempts, Duration delay, double multiplier, Duration maximumDelay, Map<String, Integer> attemptsByStep) {
    public RetrySettings {
        attemptsByStep = Map.copyOf(attemptsByStep);
        if (attempts < 1 || attemptsByStep.values().stream().anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException("dolmen.retry: a step needs at least one attempt");
        }
        if (multiplier < 1) {
            throw new IllegalArgumentException("dolmen.retry.multiplier is below 1: " + multiplier);
        }
    }

    /** How often this step is tried in all. */
    public int attemptsOf(String step) {
        return attemptsByStep.getOrDefault(step, attempts);
    }
}
