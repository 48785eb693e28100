package dolmen.commands;

import dolmen.archive.SafeFiles;
import dolmen.catalog.Acceptance;
import dolmen.catalog.Bucket;
import dolmen.catalog.Catalog;
import dolmen.catalog.Verdicts;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen accept}: records that a person accepts reasons for which a backup is suspicious. */
@Command(
        name = "accept",
        description = "Accept reasons for which a backup is suspicious; without a reason, list them.",
        mixinStandardHelpOptions = true)
final class AcceptCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LABEL", description = "The backup.")
    private String label;

    @Parameters(index = "1..*", paramLabel = "REASON", description = "A reason, word for word as it is listed.")
    private List<String> reasons = List.of();

    @Option(names = "--remote", description = "The backup in dolmen.storage.bucket instead.")
    private boolean remote;

    @Override
    public Integer call() throws Exception {
        Label wanted = LabelOnly.parse(label);
        if (remote) {
            acceptRemote(wanted);
        } else {
            Backup backup = new Catalog(dolmen.settings().paths().catalog()).find(wanted);
            accept(backup, verdict -> Verdicts.add(backup.folder(), verdict));
        }
        return ExitCode.OK.status();
    }

    private void acceptRemote(Label wanted) throws IOException {
        Path folder = Files.createTempDirectory("dolmen");
        try (Bucket bucket = Bucket.of(dolmen.settings())) {
            accept(
                    bucket.catalog().find(wanted, folder),
                    verdict -> bucket.catalog().verdicts().add(wanted, verdict));
        } finally {
            SafeFiles.remove(folder);
        }
    }

    private void accept(Backup backup, Consumer<Verdict> keeper) {
        PrintWriter out = spec.commandLine().getOut();
        List<String> open = Acceptance.open(backup);
        if (reasons.isEmpty()) {
            out.println("backup " + backup.manifest().label() + " is "
                    + backup.state().trust().word() + (open.isEmpty() ? ": there is nothing to accept" : ""));
            open.forEach(out::println);
        } else {
            keeper.accept(Acceptance.of(backup, reasons, Clock.systemUTC()));
            reasons.forEach(reason -> out.println("accepted: " + reason));
        }
        out.flush();
    }
}
