package dolmen.model;

/**
 * A {@link Step} that counts the bytes that it moves. Each attempt has a meter of its own, on which every thread counts that
 * works for it.
 *
 * @param <I> what it takes
 * @param <O> what it hands on
 */
@FunctionalInterface
public non-sealed interface MeteredStep<I, O> extends AnyStep {
    /** Does the step and counts what it moves; may be called again, with another meter, after a failure or a kill. */
    O run(I given, Meter meter);
}
