package dolmen.commands;

import dolmen.model.Consent;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.RunOptions.UndoOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dolmen restore}: begins a restore, or the undo of one. */
@Command(
        name = "restore",
        description = "Verify a backup, put it in the place of what the stack holds, and prove it by Druid's API.",
        mixinStandardHelpOptions = true)
final class RestoreCommand extends RunningCommand {
    @Mixin
    private RestoreArguments arguments;

    @Option(
            names = "--yes",
            description = "Restore although the stack would lose something that the backup does not have, or that the "
                    + "undo does not bring back; `dolmen plan restore` says what.")
    private boolean yes;

    @Option(
            names = "--undo",
            paramLabel = "RUN",
            description = "Bring back what this restore replaced, and drop what it had brought; only the newest one.")
    private String undo;

    @Option(
            names = "--no-start",
            description = "Leave down the services that do not run; what Druid serves cannot be proven then.")
    private boolean noStart;

    @Override
    RunRequest request() {
        if (undo != null) {
            arguments.requireNone();
            Consent consent = new Consent(yes, arguments.loseForeign());
            return new RunRequest(Operation.UNDO, Origin.COMMAND, new UndoOptions(undo, consent, noStart));
        }
        return new RunRequest(Operation.RESTORE, Origin.COMMAND, new RestoreOptions(arguments.choice(), yes, noStart));
    }
}
