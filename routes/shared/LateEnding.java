package shared;

import dolmen.model.Report;
import dolmen.model.Run;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.model.ProcessorDefinition;

/**
 * The last lines of a route that collects failures by {@link LateFailures#collect}: where a step failed, the run is given up by the
 * first failure; else its report is made.
 *
 * @param body the type of what the steps hand on
 * @param run gives the run of such a body
 * @param done gives what the steps did, a line each, for the report of a run that is given up
 * @param report makes the report of a run in which no step failed
 */
public record LateEnding<B>(
        Class<B> body, Function<B, Run> run, Function<B, List<String>> done, Function<B, Report> report) {
    /** Adds these lines to a route. */
    public void after(ProcessorDefinition<?> steps) {
        steps.choice()
                .when(LateFailures::any)
                .process(this::giveUp)
                .to("direct:give-up")
                .transform()
                .exchange(LateFailures::report)
                .endChoice()
                .otherwise()
                .transform()
                .body(body, report::apply);
    }

    private void giveUp(Exchange exchange) {
        B given = exchange.getMessage().getBody(body);
        LateFailures.giveUp(exchange, run.apply(given), done.apply(given));
    }
}
