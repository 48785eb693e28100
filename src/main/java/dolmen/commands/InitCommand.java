package dolmen.commands;

import dolmen.app.CheckUp;
import dolmen.archive.FileFailures;
import dolmen.discovery.Discovery;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.SettingsSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen init}: finds the stack of a Docker engine and writes a file of settings for it. */
@Command(
        name = "init",
        description =
                "Look at the stack of this machine's Docker engine and write the settings for it. Exit status 12 when"
                        + " there is no stack, more than one, or a file with settings already.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Option(names = "--project", paramLabel = "NAME", description = "The compose project, when there are more stacks.")
    private String project;

    @Option(
            names = "--force",
            description = "Write even when there is a file with settings; that one is kept beside it.")
    private boolean force;

    @Option(names = "--print", description = "Print the settings and write nothing.")
    private boolean print;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path file = dolmen.settingsFile().toAbsolutePath().normalize();
        if (!print && !force) {
            requireUnset(file);
        }
        try (CheckUp stack = new CheckUp(dolmen.settingsWithoutFile())) {
            Discovery found = stack.discover(Optional.ofNullable(project));
            out.print(found.text());
            if (!print) {
                write(file, found.text(), out);
            }
            out.flush();
        }
        return ExitCode.OK.status();
    }

    private static void requireUnset(Path file) {
        if (Files.exists(file) && !SettingsSource.read(file).isEmpty()) {
            throw new Refused(
                    file + " has settings already, and they are left as they are",
                    "See what would be written by `dolmen init --print`, name another file by --config, or use --force:"
                            + " the present file is kept beside the new one.");
        }
    }

    /** A file that is there is moved away only when the new one lies whole beside it. */
    private static void write(Path file, String text, PrintWriter out) {
        try {
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, text);
            if (Files.exists(file)) {
                Path kept = file.resolveSibling(file.getFileName() + "." + Label.at(Instant.now()));
                Files.move(file, kept);
                out.println("kept the file that was there as " + kept);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            StepFailure known = FileFailures.writing(file, refused);
            throw new Failed(
                    known.getMessage(),
                    known.hint()
                            + " Or name another file, `dolmen init --config FILE`: in the folder where Dolmen runs it finds"
                            + " config/application.properties by itself.",
                    refused);
        }
        out.println();
        out.println("wrote " + file + "; see whether all is well by `dolmen doctor`");
    }
}
