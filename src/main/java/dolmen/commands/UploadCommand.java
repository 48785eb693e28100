package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dolmen upload}: sends backups to the bucket. */
@Command(
        name = "upload",
        description = "Upload a backup of the catalog to dolmen.storage.bucket, or go on with an upload.",
        mixinStandardHelpOptions = true)
final class UploadCommand extends RunningCommand {
    @Mixin
    private LabelOnly selection;

    @Override
    RunRequest request() {
        return new RunRequest(Operation.UPLOAD, Origin.COMMAND, new LabelOptions(selection.label()));
    }
}
