package shared;

import dolmen.catalog.RunJournal;
import dolmen.progress.RunProgress;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** Tells every attempt at every step to the run's journal and its progress, before it begins and when it has ended. */
public final class StepJournal implements RoutePolicyFactory {
    /** The exchange property with the id of the run; without it nothing is written. */
    public static final String RUN = "dolmen.run";

    /** The exchange property with the step that the exchange was in last. */
    public static final String STEP = "dolmen.step";

    private final RunJournal journal;
    private final RunProgress progress;

    public StepJournal(RunJournal journal, RunProgress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    /** The step that the exchange was in last; empty before the first. */
    public static String stepOf(Exchange exchange) {
        return exchange.getProperty(STEP, "", String.class);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode definition) {
        return definition instanceof RouteDefinition route && StepFailures.STEP.equals(route.getRouteConfigurationId())
                ? new Recorder()
                : null;
    }

    private final class Recorder extends RoutePolicySupport {
        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.setProperty(STEP, route.getRouteId());
            progress.beginStep(route.getRouteId());
            run(exchange).ifPresent(run -> journal.beginStep(run, route.getRouteId()));
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            progress.endStep(route.getRouteId());
            run(exchange)
                    .ifPresent(run -> journal.endStep(
                            run,
                            route.getRouteId(),
                            Optional.ofNullable(exchange.getException()).map(Throwable::getMessage)));
        }

        private static Optional<String> run(Exchange exchange) {
            return Optional.ofNullable(exchange.getProperty(RUN, String.class));
        }
    }
}
