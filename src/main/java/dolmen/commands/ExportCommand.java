package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.ExportOptions;
import dolmen.model.RunRequest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dolmen export}: writes the plain files of a backup. */
@Command(
        name = "export",
        description = "Write the plain files of a full backup from any backup: dump, one archive, Metabase's file.",
        mixinStandardHelpOptions = true)
final class ExportCommand extends RunningCommand {
    @Parameters(index = "0", paramLabel = "LABEL", description = "The backup.")
    private String label;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "A folder that does not exist or is empty.")
    private Path folder;

    @Override
    RunRequest request() {
        return new RunRequest(
                Operation.EXPORT,
                Origin.COMMAND,
                new ExportOptions(
                        LabelOnly.parse(label),
                        folder.toAbsolutePath().normalize().toString()));
    }
}
