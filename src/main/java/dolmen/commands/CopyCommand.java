package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dolmen copy}: sends backups to the place for copies. */
@Command(
        name = "copy",
        description = "Copy a backup of the catalog to dolmen.copy.to, or go on with a copy.",
        mixinStandardHelpOptions = true)
final class CopyCommand extends RunningCommand {
    @Mixin
    private LabelOnly selection;

    @Override
    RunRequest request() {
        return new RunRequest(Operation.COPY, Origin.COMMAND, new LabelOptions(selection.label()));
    }
}
