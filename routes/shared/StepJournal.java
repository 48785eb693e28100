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
 * Has every attempt at every step noted in the run's journal and in its progress, before it begins and when it has ended. A step whose
 * beginning cannot be written does not begin. For this the beginning is noted by the step's own route, by a {@link RecordedStep}: when a
 * route policy throws, Camel goes on.
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

    /** The step that the exchange was in last; an empty text before the first. */
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
