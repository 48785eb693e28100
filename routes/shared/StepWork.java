package shared;

import dolmen.model.Meter;
import dolmen.model.Milestone;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/** What a step does, and the milestone that it leads to. It is found in Camel's registry under the step's word. */
record StepWork(Work work, Optional<Milestone> milestone) implements Processor {
    /** Makes the body of the next step, and counts bytes on the meter of this attempt. */
    @FunctionalInterface
    interface Work {
        Object of(Exchange exchange, Meter meter) throws InvalidPayloadException;
    }

    /** The milestone of the step of this word; a step that is a route of its own leads to none. */
    static Optional<Milestone> milestoneOf(String word, CamelContext context) {
        return Optional.ofNullable(context.getRegistry().lookupByNameAndType(word, StepWork.class))
                .flatMap(StepWork::milestone);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        exchange.getMessage().setBody(work.of(exchange, StepRecorder.meter(exchange)));
    }
}
