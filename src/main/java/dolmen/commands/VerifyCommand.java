package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dolmen verify}. */
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
            return RunRequest.of(Operation.VERIFY_REMOTE, Origin.COMMAND).about(selection.label(), Optional.empty());
        }
        return RunRequest.of(Operation.VERIFY, Origin.COMMAND)
                .about(selection.label(), selection.from())
                .skippingMetabase(true);
    }
}
