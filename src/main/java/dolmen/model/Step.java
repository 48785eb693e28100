package dolmen.model;

/**
 * One step of a pipeline: it takes what the step before hands on and hands on what it has become. It throws
 * {@link StepFailure} for what a person can act on; where that may pass, the step is run again with what it was given.
 *
 * @param <I> what it takes
 * @param <O> what it hands on
 */
@FunctionalInterface
public non-sealed interface Step<I, O> extends AnyStep {
    /** Does the step; may be called again with the same body after a failure or a kill. */
    O run(I given);
}
