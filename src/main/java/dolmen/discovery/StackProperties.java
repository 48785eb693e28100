package dolmen.discovery;

import dolmen.stack.FoundContainer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Druid's properties in the stack that the settings mean. */
public final class StackProperties {
    private StackProperties() {}

    /** Those of the coordinator; throws {@code Refused} when there is no such stack, or more than one. */
    public static DruidProperties coordinator(
            List<FoundContainer> containers,
            Optional<String> project,
            BiFunction<FoundContainer, String, Optional<String>> files) {
        return of(FoundStack.choose(containers, project), files);
    }

    static DruidProperties of(FoundStack stack, BiFunction<FoundContainer, String, Optional<String>> files) {
        FoundContainer container = stack.first(Role.COORDINATOR)
                .or(() -> stack.first(Role.HISTORICAL))
                .orElseThrow();
        return DruidProperties.of(
                Role.of(container).orElseThrow(), container::variable, path -> files.apply(container, path));
    }
}
