package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.PruneOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dolmen prune}: removes backups by the retention. */
@Command(
        name = "prune",
        description = "Remove the backups that no rule of dolmen.retention.* keeps.",
        mixinStandardHelpOptions = true)
final class PruneCommand extends RunningCommand {
    @Option(names = "--yes", description = "Also when the newest backup holds much less than the one before.")
    private boolean yes;

    @Option(names = "--remote", description = "Those in dolmen.storage.bucket, by dolmen.storage.retention.*.")
    private boolean remote;

    @Override
    RunRequest request() {
        return new RunRequest(remote ? Operation.PRUNE_REMOTE : Operation.PRUNE, Origin.COMMAND, new PruneOptions(yes));
    }
}
