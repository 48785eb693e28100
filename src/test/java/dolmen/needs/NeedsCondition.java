package dolmen.needs;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Leaves out what {@link Needs} what is missing; with {@code DOLMEN_REQUIRE_ALL=1} it fails instead. */
final class NeedsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Need[] needs = AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                .map(Needs::value)
                .orElse(new Need[0]);
        for (Need need : needs) {
            if (!need.met()) {
                if (Need.allRequired()) {
                    throw new AssertionError(need.reason() + ", and DOLMEN_REQUIRE_ALL=1");
                }
                return ConditionEvaluationResult.disabled(need.reason());
            }
        }
        return ConditionEvaluationResult.enabled("nothing is missing");
    }
}
