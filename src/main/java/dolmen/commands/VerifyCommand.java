package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import java.util.Optional;
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
        return new RunRequest(
                Operation.VERIFY, Origin.COMMAND, Optional.empty(), selection.label(), selection.from(), true);
    }
}
