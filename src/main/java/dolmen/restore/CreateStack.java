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
 * On a host whose containers do not exist yet, has them created, not started; in any case sees to it that PostgreSQL
 * runs, since the metadata is loaded into it.
 */
public final class CreateStack implements Step<RestoreRun, RestoreRun> {
    private final Host host;
    private final StackUp up;
    private final List<String> services;
    private final Consumer<Run> raiseMetadata;

    /** {@code services} are those that must exist; {@code raiseMetadata} starts PostgreSQL where it does not run, and waits for it. */
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
