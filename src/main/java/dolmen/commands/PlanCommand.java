package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dolmen plan}. */
@Command(
        name = "plan",
        description = "Say what a restore of this backup would replace, and why it would be refused; changes nothing.",
        mixinStandardHelpOptions = true)
final class PlanCommand extends RunningCommand {
    @Mixin
    private Selection selection;

    @Option(names = "--skip-metabase", description = "Leave Metabase as it is.")
    private boolean skipMetabase;

    @Override
    RunRequest request() {
        return new RunRequest(
                Operation.PLAN, Origin.COMMAND, Optional.empty(), selection.label(), selection.from(), skipMetabase);
    }
}
