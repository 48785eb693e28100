package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunOptions.VerifyOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dolmen verify}: reads a backup whole. */
@Command(
        name = "verify",
        description =
                "Check a backup's sums, dump and archive, and that it holds every segment that its metadata uses. "
                        + "Needs no stack.",
        mixinStandardHelpOptions = true)
final class VerifyCommand extends RunningCommand {
    @Mixin
    private Selection selection;

    @Option(names = "--remote", description = "Read the backup in dolmen.storage.bucket instead.")
    private boolean remote;

    @Override
    RunRequest request() {
        if (remote) {
            return new RunRequest(Operation.VERIFY_REMOTE, Origin.COMMAND, new LabelOptions(selection.label()));
        }
        return new RunRequest(Operation.VERIFY, Origin.COMMAND, new VerifyOptions(selection.backup()));
    }
}
