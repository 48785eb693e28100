package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.NoOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dolmen plan prune}. */
@Command(
        name = "prune",
        description = "Say which backups `dolmen prune` would keep, each with the reason, and which it would remove.",
        mixinStandardHelpOptions = true)
final class PlanPruneCommand extends RunningCommand {
    @Option(names = "--remote", description = "Those in dolmen.storage.bucket, by dolmen.storage.retention.*.")
    private boolean remote;

    @Override
    RunRequest request() {
        return new RunRequest(
                remote ? Operation.PLAN_PRUNE_REMOTE : Operation.PLAN_PRUNE, Origin.COMMAND, new NoOptions());
    }
}
