package dolmen.commands;

import dolmen.catalog.Catalog;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.OwnStack;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen show}: prints the manifest of one backup. */
@Command(name = "show", description = "Show what one backup holds.", mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LabelOnly selection;

    @Option(names = "--json", description = "Print the manifest, with the state of the backup, as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Catalog catalog = new Catalog(dolmen.settings().paths().catalog());
        OwnBackups own = new OwnBackups(OwnStack.of(dolmen.settings()));
        Backup backup = selection.label().map(catalog::find).orElseGet(() -> own.choose(catalog));
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(ManifestText.json(backup))
                                + "\n"
                        : ManifestText.of(backup));
        out.flush();
        return ExitCode.OK.status();
    }
}
