package dolmen.app;

import dolmen.runs.RunJournal;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import shared.StepFailures;
import shared.StepRoute;

/** Dolmen's routes as Camel has them before they start: which step follows which. */
public final class RouteModel {
    /** What comes after a failure is no step. */
    private static final String GIVE_UP = "direct:give-up";

    private final Map<String, RouteDefinition> routes = new TreeMap<>();
    private final Map<String, Class<?>> types = new TreeMap<>();

    /** A step that a route sends to, and whether that is in a loop. */
    public record Step(String name, boolean again) {}

    public RouteModel(Path home) throws Exception {
        Properties file = new Properties();
        file.setProperty("dolmen.stack.kind", "local");
        for (String command : List.of("stop", "start", "running")) {
            file.setProperty("dolmen.stack." + command + "-command", "false");
        }
        file.setProperty("dolmen.metadata.host", "127.0.0.1");
        file.setProperty("dolmen.state.path", home.resolve("state").toString());
        Settings settings = Settings.from(new SettingsSource(file, Map.of(), new Properties()));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Clock clock = Clock.systemUTC();
            RunJournal journal = new RunJournal(settings.paths().state(), clock);
            Pipelines pipelines = new Pipelines(settings, Map.of(), context, Surroundings.real(settings), journal);
            for (RoutesBuilder builder : pipelines.routes()) {
                context.addRoutes(builder);
                type(builder);
            }
            context.getRouteDefinitions().forEach(route -> routes.put(route.getRouteId(), route));
        }
    }

    private void type(RoutesBuilder builder) {
        if (builder instanceof StepRoute step) {
            types.put(step.word(), step.type());
        }
    }

    /** The class of a step; empty for one that is a route of several. */
    public Optional<Class<?>> type(String step) {
        return Optional.ofNullable(types.get(step));
    }

    /** The classes of all steps by their words. */
    public Map<String, Class<?>> types() {
        return Map.copyOf(types);
    }

    /** The steps of a route, in order; not what comes after a failure. */
    public List<Step> steps(String route) {
        List<Step> steps = new ArrayList<>();
        routes.get(route).getOutputs().forEach(output -> add(output, false, steps));
        return steps;
    }

    /** A route with the error handling of a run is no step, but its steps are. */
    private void addCalled(String name, boolean again, List<Step> steps) {
        if (StepFailures.RUN.equals(routes.get(name).getRouteConfigurationId())) {
            routes.get(name).getOutputs().forEach(output -> add(output, again, steps));
        } else {
            steps.add(new Step(name, again));
        }
    }

    /** The names of all routes. */
    public Set<String> names() {
        return Set.copyOf(routes.keySet());
    }

    private void add(ProcessorDefinition<?> output, boolean again, List<Step> steps) {
        if (output instanceof OnExceptionDefinition) {
            return;
        }
        if (output instanceof ToDefinition to
                && to.getEndpointUri().startsWith("direct:")
                && !to.getEndpointUri().equals(GIVE_UP)) {
            addCalled(to.getEndpointUri().substring("direct:".length()), again, steps);
        }
        boolean inLoop = again || output instanceof LoopDefinition;
        output.getOutputs().forEach(each -> add(each, inLoop, steps));
    }
}
