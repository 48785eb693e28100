package dolmen.commands;

import dolmen.catalog.Catalog;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.Json;
import dolmen.model.Manifest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen list}. */
@Command(name = "list", description = "List the backups of the catalog, oldest first.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the manifests as a JSON list.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<Manifest> manifests = new Catalog(dolmen.settings().paths().catalog())
                .list().stream().map(Backup::manifest).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(manifests));
        } else {
            out.printf(
                    "%-16s %-12s %12s %10s %12s %s%n", "LABEL", "KIND", "BYTES", "SEGMENTS", "TABLE ROWS", "VERDICT");
            manifests.forEach(manifest -> out.printf(
                    Locale.ROOT,
                    "%-16s %-12s %12d %10d %12d %s%n",
                    manifest.label(),
                    manifest.kind().word(),
                    manifest.bytes(),
                    manifest.consistency().used(),
                    manifest.tables().values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    manifest.verdict()));
        }
        out.flush();
        return ExitCode.OK.status();
    }
}
