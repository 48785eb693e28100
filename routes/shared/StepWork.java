package shared;

import dolmen.model.Milestone;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What a step does, and the milestone that it leads to. It is found in Camel's registry under the step's word. */
record StepWork(Processor work, Optional<Milestone> milestone) implements Processor {
    /** The milestone of the step of this word; a step that is a route of its own leads to none. */
    static Optional<Milestone> milestoneOf(String word, CamelContext context) {
        return Optional.ofNullable(context.getRegistry().lookupByNameAndType(word, StepWork.class))
                .flatMap(StepWork::milestone);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        work.process(exchange);
    }
}
