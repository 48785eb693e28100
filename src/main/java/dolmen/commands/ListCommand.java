package dolmen.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.archive.SafeFiles;
import dolmen.catalog.Bucket;
import dolmen.catalog.Catalog;
import dolmen.catalog.RemoteCatalog;
import dolmen.model.Ahead;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.Json;
import dolmen.model.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen list}: prints the backups of the catalog or of the bucket. */
@Command(name = "list", description = "List the backups of the catalog, oldest first.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the manifests, with the state of each backup, as a JSON list.")
    private boolean json;

    @Option(names = "--remote", description = "List those in dolmen.storage.bucket instead.")
    private boolean remote;

    @Override
    public Integer call() throws Exception {
        List<Backup> backups =
                remote ? remoteBackups() : new Catalog(dolmen.settings().paths().catalog()).list();
        List<Manifest> manifests = backups.stream().map(Backup::manifest).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            List<ObjectNode> described =
                    backups.stream().map(ManifestText::json).toList();
            out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(described));
        } else {
            out.printf(
                    "%-16s %-12s %12s %10s %12s %-10s %s%n",
                    "LABEL", "KIND", "BYTES", "SEGMENTS", "TABLE ROWS", "STATE", "STACK");
            backups.forEach(backup -> print(out, backup));
            Ahead.of(Clock.systemUTC())
                    .words(manifests.stream().map(Manifest::label).toList())
                    .ifPresent(future -> out.println("WARN: " + future));
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private static void print(PrintWriter out, Backup backup) {
        Manifest manifest = backup.manifest();
        out.printf(
                Locale.ROOT,
                "%-16s %-12s %12d %10d %12d %-10s %s%n",
                manifest.label(),
                manifest.kind().word(),
                manifest.bytes(),
                manifest.consistency().used(),
                manifest.tables().values().stream().mapToLong(Long::longValue).sum(),
                backup.state().trust().word(),
                manifest.stack().words());
        backup.state()
                .reasons()
                .forEach(reason -> out.println("  " + backup.state().trust().word() + ": " + reason));
    }

    private List<Backup> remoteBackups() throws IOException {
        Path folder = Files.createTempDirectory("dolmen");
        try (Bucket bucket = Bucket.of(dolmen.settings())) {
            RemoteCatalog there = bucket.catalog();
            return there.labels().stream()
                    .map(label -> there.find(label, folder))
                    .toList();
        } finally {
            SafeFiles.remove(folder);
        }
    }
}
