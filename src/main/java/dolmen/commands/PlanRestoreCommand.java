package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.PlanOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dolmen plan restore}. */
@Command(name = "restore", description = "The same as `dolmen plan`.", mixinStandardHelpOptions = true)
final class PlanRestoreCommand extends RunningCommand {
    @Mixin
    private RestoreArguments arguments;

    @Override
    RunRequest request() {
        return new RunRequest(Operation.PLAN, Origin.COMMAND, new PlanOptions(arguments.choice()));
    }
}
