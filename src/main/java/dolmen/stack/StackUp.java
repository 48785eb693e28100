package dolmen.stack;

import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Refused;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates a stack's containers, without starting them, by the command of {@code dolmen.stack.up-command}. */
public final class StackUp {
    private static final Logger LOG = LoggerFactory.getLogger(StackUp.class);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Optional<String> command;

    public StackUp(Optional<String> command) {
        this.command = command;
    }

    /** Runs the command; throws {@code Refused} when none is set, {@code Failed} when it does not succeed. */
    public void create(List<String> missing) {
        String shell = command.orElseThrow(() -> new Refused(
                "these services do not exist: " + String.join(", ", missing),
                "Create them, or set dolmen.stack.up-command, for instance to"
                        + " 'docker compose -f /path/docker-compose.yml up --no-start'."));
        Outcome outcome = new LocalProgram(List.of("sh", "-c", shell), Map.of(), Optional.of(LIMIT))
                .run(OutputStream.nullOutputStream());
        if (!outcome.succeeded()) {
            throw new Failed(
                    "dolmen.stack.up-command ended with status " + outcome.exitStatus() + ": "
                            + outcome.stderr().strip(),
                    "Run it by hand and mend it.");
        }
        LOG.info("created the containers of {}", missing);
    }
}
