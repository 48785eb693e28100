package dolmen.stack;

import dolmen.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run beside a service: its arguments (no secrets: anybody can list them), variables added to its
 * environment, and how long it may take.
 */
public record Command(List<String> arguments, Map<String, Secret> environment, Duration limit) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A program that needs no variables. */
    public static Command of(Duration limit, String... arguments) {
        return new Command(List.of(arguments), Map.of(), limit);
    }
}
