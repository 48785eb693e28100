package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dolmen plan restore}. */
@Command(name = "restore", description = "The same as `dolmen plan`.", mixinStandardHelpOptions = true)
final class PlanRestoreCommand extends RunningCommand {
    @Mixin
    private RestoreOptions options;

    @Override
    RunRequest request() {
        return options.request(Operation.PLAN);
    }
}
