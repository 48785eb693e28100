package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dolmen copy}. */
@Command(
        name = "copy",
        description = "Copy a backup of the catalog to dolmen.copy.to, or go on with a copy.",
        mixinStandardHelpOptions = true)
final class CopyCommand extends RunningCommand {
    @Mixin
    private LabelOnly selection;

    @Override
    RunRequest request() {
        return RunRequest.of(Operation.COPY, Origin.COMMAND).about(selection.label(), Optional.empty());
    }
}
