package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dolmen restore}. */
@Command(
        name = "restore",
        description = "Verify a backup, put it in the place of what the stack holds, and prove it by Druid's API.",
        mixinStandardHelpOptions = true)
final class RestoreCommand extends RunningCommand {
    @Mixin
    private Selection selection;

    @Option(names = "--skip-metabase", description = "Leave Metabase as it is.")
    private boolean skipMetabase;

    @Override
    RunRequest request() {
        return new RunRequest(
                Operation.RESTORE, Origin.COMMAND, Optional.empty(), selection.label(), selection.from(), skipMetabase);
    }
}
