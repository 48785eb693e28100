package dolmen.model;

import java.util.Map;
import java.util.Optional;

/**
 * A run that gave up, with all that is needed to repeat it: the run and what it was asked, the step that failed, how
 * often it was tried, the failure and its hint, and the settings that were used, without secrets.
 */
public record DeadLetter(
        Run run, Optional<String> step, int attempts, String failure, String hint, Map<String, String> settings) {
    public DeadLetter {
        settings = Map.copyOf(settings);
    }
}
