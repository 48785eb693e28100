package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Override
    RunRequest request() {
        return RunRequest.of(Operation.VERIFY, Origin.COMMAND)
                .about(selection.label(), selection.from())
                .skippingMetabase(true);
    }
}
