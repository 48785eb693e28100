package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.PlanOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dolmen plan}, also written {@code dolmen plan restore}. */
@Command(
        name = "plan",
        description = "Say what a restore of this backup would add, replace and lose, and why it would be refused; "
                + "changes nothing.",
        mixinStandardHelpOptions = true,
        subcommands = {PlanRestoreCommand.class, PlanPruneCommand.class})
final class PlanCommand extends RunningCommand {
    @Mixin
    private RestoreArguments arguments;

    @Override
    RunRequest request() {
        return new RunRequest(Operation.PLAN, Origin.COMMAND, new PlanOptions(arguments.choice()));
    }
}
