package dolmen.commands;

import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dolmen backup}: begins a backup. */
@Command(
        name = "backup",
        description = "Take a backup, verify it and publish it in the catalog.",
        mixinStandardHelpOptions = true)
final class BackupCommand extends RunningCommand {
    @ArgGroup
    private Choice choice = new Choice();

    /** One of the two kinds. */
    private static final class Choice {
        @Option(names = "--full", description = "Archive the whole shared folder (the default).")
        private boolean full;

        @Option(
                names = "--incremental",
                description =
                        "Archive only what no archive of a kept backup holds; full when there is none to build on.")
        private boolean incremental;
    }

    @Option(
            names = "--accept-missing",
            paramLabel = "ID",
            split = ",",
            description =
                    "Used segments whose files are lost for good: publish the backup without them, as suspicious.")
    private List<String> acceptMissing = List.of();

    @Override
    RunRequest request() {
        Kind kind = choice.incremental ? Kind.INCREMENTAL : Kind.FULL;
        return new RunRequest(
                Operation.BACKUP, Origin.COMMAND, new BackupOptions(Optional.of(kind), new TreeSet<>(acceptMissing)));
    }
}
