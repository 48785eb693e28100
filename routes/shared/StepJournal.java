package shared;

import dolmen.model.RunId;
import dolmen.progress.RunProgress;
import dolmen.runs.RunJournal;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;

/**
 * Tells every attempt at every step to the run's journal and its progress, before it begins and when it has ended. A step
 * that cannot be written down does not begin: this is part of the step's own route, since Camel goes on when a policy fails.
 */
public final class StepJournal implements RoutePolicyFactory, InterceptStrategy {
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
        return definition instanceof RouteDefinition route && isStep(route)
                ? new StepRecorder(journal, progress)
                : null;
    }

    /** What a step does first is to write down that it begins. */
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor next) {
        return definition.getParent() instanceof RouteDefinition route
                        && isStep(route)
                        && route.getOutputs().get(0) == definition
                ? new RecordedStep(
                        journal, route.getRouteId(), StepWork.milestoneOf(route.getRouteId(), context), target)
                : target;
    }

    private static boolean isStep(RouteDefinition route) {
        return StepFailures.STEP.equals(route.getRouteConfigurationId());
    }

    static Optional<RunId> run(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(RUN, RunId.class));
    }
}
