package shared;

import dolmen.model.Step;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;

/**
 * The route of one step. Its id and its name are the word that journals and settings have for the step. It is made from
 * {@link StepTemplate}, which must be added to the context before.
 */
public final class StepRoute extends RouteBuilder {
    private final String word;
    private final Step<?, ?> step;
    private final Processor work;

    private StepRoute(String word, Step<?, ?> step, Processor work) {
        this.word = word;
        this.step = step;
        this.work = work;
    }

    /** The route of a step with this word, which takes a body of this type. */
    public static <I> StepRoute step(String word, Class<I> takes, Step<I, ?> step) {
        return new StepRoute(
                word,
                step,
                new StepWork(
                        exchange -> exchange.getMessage().setBody(step.run(given(exchange, takes))), step.milestone()));
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
        bindToRegistry(word, work);
        TemplatedRouteBuilder.builder(getContext(), StepTemplate.NAME)
                .routeId(word)
                .parameter(StepTemplate.WORD, word)
                .add();
    }
}
