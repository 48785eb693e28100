package dolmen.model;

import java.util.Optional;

/** A step of a pipeline, of either kind: what is known of it before it runs. */
public sealed interface AnyStep permits Step, MeteredStep {
    /** The milestone that the step leads to, which the journal has before the step begins; few lead to any. */
    default Optional<Milestone> milestone() {
        return Optional.empty();
    }
}
