package dolmen.restore;

import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.Step;
import dolmen.model.StepFailure.Refused;
import dolmen.stack.Host;
import dolmen.stack.StackUp;
import java.util.List;
import java.util.function.Consumer;

/**
 * Creates the containers of the stack, without starting them, where there are none yet; then starts the metadata store where it does not
 * run, since the metadata are loaded into it. Throws {@code Refused} when services are missing and no command can create them.
 */
public final class CreateStack implements Step<RestoreRun, RestoreRun> {
    private final Host host;
    private final StackUp up;
    private final List<String> services;
    private final Consumer<Run> raiseMetadata;

    /** {@code services} are those that must exist; {@code raiseMetadata} starts the metadata store where it does not run, and waits for it. */
    public CreateStack(Host host, StackUp up, List<String> services, Consumer<Run> raiseMetadata) {
        this.host = host;
        this.up = up;
        this.services = List.copyOf(services);
        this.raiseMetadata = raiseMetadata;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        boolean created = false;
        if (!missing().isEmpty()) {
            up.create(missing());
            created = true;
        }
        if (!missing().isEmpty()) {
            throw new Refused(
                    "these services do not exist: " + String.join(", ", missing()),
                    "Create them, or set dolmen.stack.up-command to the command that does.");
        }
        raiseMetadata.accept(restore.run());
        return created ? restore.tell("created the stack's containers") : restore;
    }

    private List<String> missing() {
        return services.stream().filter(service -> host.find(service).isEmpty()).toList();
    }
}
