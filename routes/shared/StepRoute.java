package shared;

import dolmen.model.AnyStep;
import dolmen.model.MeteredStep;
import dolmen.model.Step;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;

/**
 * The route of one step. Its id and its name are the word that journals and settings have for the step. It is made from
 * {@link StepTemplate}, which must be added to the context before.
 */
public final class StepRoute extends RouteBuilder {
    private final String word;
    private final AnyStep step;
    private final StepWork.Work work;

    private StepRoute(String word, AnyStep step, StepWork.Work work) {
        this.word = word;
        this.step = step;
        this.work = work;
    }

    /** The route of a step with this word, which takes a body of this type. */
    public static <I> StepRoute step(String word, Class<I> takes, Step<I, ?> step) {
        return new StepRoute(word, step, (exchange, meter) -> step.run(given(exchange, takes)));
    }

    /** A step that counts its bytes, on the meter that the run's progress has for the attempt; called and taking as above. */
    public static <I> StepRoute step(String word, Class<I> takes, MeteredStep<I, ?> step) {
        return new StepRoute(word, step, (exchange, meter) -> step.run(given(exchange, takes), meter));
    }

    private static <I> I given(Exchange exchange, Class<I> takes) throws InvalidPayloadException {
        return exchange.getMessage().getMandatoryBody(takes);
    }

    /** The word of the step. */
    public String word() {
        return word;
    }

    /** The class that does the step. */
    public Class<?> type() {
        return step.getClass();
    }

    @Override
    public void configure() {
        bindToRegistry(word, new StepWork(work, step.milestone()));
        TemplatedRouteBuilder.builder(getContext(), StepTemplate.NAME)
                .routeId(word)
                .parameter(StepTemplate.WORD, word)
                .add();
    }
}
