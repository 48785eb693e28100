package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;

/** {@code dolmen backup}. */
@Command(
        name = "backup",
        description = "Take a full backup, verify it and publish it in the catalog.",
        mixinStandardHelpOptions = true)
final class BackupCommand extends RunningCommand {
    @Override
    RunRequest request() {
        return RunRequest.of(Operation.BACKUP, Origin.COMMAND);
    }
}
