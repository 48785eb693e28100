package dolmen.app;

import dolmen.model.StepFailure.Unusable;
import dolmen.settings.NearestWord;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import shared.StepFailures;

/** The steps that the pipelines are made of, once their routes are there. */
final class KnownSteps {
    private final Set<String> steps;

    KnownSteps(CamelContext context) {
        this.steps = context.getRoutes().stream()
                .filter(route -> StepFailures.STEP.equals(route.getConfigurationId()))
                .map(Route::getRouteId)
                .collect(Collectors.toSet());
    }

    /** Throws {@link Unusable} when {@code dolmen.retry.STEP.attempts} is set for a word that is none of them. */
    void require(Collection<String> retried) {
        for (String step : new TreeSet<>(retried)) {
            if (!steps.contains(step)) {
                throw new Unusable(
                        "dolmen.retry." + step + ".attempts is set, and no step is called " + step,
                        "Did you mean dolmen.retry." + NearestWord.to(step, steps) + ".attempts?");
            }
        }
    }
}
