package dolmen.commands;

import dolmen.app.CheckUp;
import dolmen.archive.SafeFiles;
import dolmen.catalog.Bucket;
import dolmen.catalog.Catalog;
import dolmen.catalog.Verdicts;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.HostName;
import dolmen.model.Label;
import dolmen.model.StackIdentity;
import dolmen.model.Verdict;
import dolmen.runs.RunLock;
import dolmen.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen adopt}: records that a backup of another stack belongs to this one. */
@Command(
        name = "adopt",
        description = "Take over a backup that is not known to be of this stack: from then on it is one of its own.",
        mixinStandardHelpOptions = true)
final class AdoptCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(AdoptCommand.class);

    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "LABEL", description = "The backup.")
    private String label;

    @Option(names = "--remote", description = "The backup in dolmen.storage.bucket instead.")
    private boolean remote;

    @Override
    public Integer call() throws Exception {
        Label wanted = LabelOnly.parse(label);
        Settings settings = dolmen.settings();
        try (RunLock held = RunLock.take(settings.paths().state(), "adopt");
                CheckUp stack = new CheckUp(settings)) {
            LOG.debug("holding {}", held);
            StackIdentity here = stack.identity();
            if (remote) {
                adoptRemote(wanted, settings, here);
            } else {
                Backup backup = new Catalog(settings.paths().catalog()).find(wanted);
                adopt(backup, here, verdict -> Verdicts.add(backup.folder(), verdict));
            }
        }
        return ExitCode.OK.status();
    }

    private void adoptRemote(Label wanted, Settings settings, StackIdentity here) throws IOException {
        Path folder = Files.createTempDirectory("dolmen");
        try (Bucket bucket = Bucket.of(settings)) {
            adopt(
                    bucket.catalog().find(wanted, folder),
                    here,
                    verdict -> bucket.catalog().verdicts().add(wanted, verdict));
        } finally {
            SafeFiles.remove(folder);
        }
    }

    private void adopt(Backup backup, StackIdentity here, Consumer<Verdict> keeper) {
        StackIdentity before = backup.manifest().stack();
        PrintWriter out = spec.commandLine().getOut();
        if (here.is(before)) {
            out.println("backup " + backup.manifest().label() + " is of this stack already: " + before.words());
        } else {
            keeper.accept(new Verdict(
                    Clock.systemUTC().instant(), HostName.here(), Verdict.Kind.ADOPTED, List.of(), Optional.of(here)));
            out.println("adopted backup " + backup.manifest().label() + " of " + before.words()
                    + ": it is one of this stack now, " + here.words());
        }
        out.flush();
    }
}
