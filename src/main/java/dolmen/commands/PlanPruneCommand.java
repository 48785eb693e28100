package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;

/** {@code dolmen plan prune}. */
@Command(
        name = "prune",
        description = "Say which backups `dolmen prune` would keep, each with the reason, and which it would remove.",
        mixinStandardHelpOptions = true)
final class PlanPruneCommand extends RunningCommand {
    @Override
    RunRequest request() {
        return RunRequest.of(Operation.PLAN_PRUNE, Origin.COMMAND);
    }
}
