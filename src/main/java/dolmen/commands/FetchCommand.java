package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dolmen fetch}: fetches a backup from the bucket. */
@Command(
        name = "fetch",
        description = "Fetch a backup from dolmen.storage.bucket into the catalog, with the archives that it needs. "
                + "Needs no stack.",
        mixinStandardHelpOptions = true)
final class FetchCommand extends RunningCommand {
    @Mixin
    private LabelOnly selection;

    @Override
    RunRequest request() {
        return new RunRequest(Operation.FETCH, Origin.COMMAND, new LabelOptions(selection.label()));
    }
}
