package dolmen.commands;

import dolmen.app.Application;
import dolmen.model.ExitCode;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen notify-test}: sends a test notification to each place. */
@Command(
        name = "notify-test",
        description = "Send a test notification to each place of dolmen.notify.to, once; nothing is pinged.",
        mixinStandardHelpOptions = true)
final class NotifyTestCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = dolmen.settings();
        if (settings.notices().to().isEmpty()) {
            throw new Unusable("no place is set that notifications are sent to", "Set dolmen.notify.to.");
        }
        try (Application application = new Application(settings, dolmen.shown())) {
            application.start();
            PrintWriter out = spec.commandLine().getOut();
            boolean told = application.testNotices(out::println);
            out.flush();
            return (told ? ExitCode.OK : ExitCode.FAILED).status();
        }
    }
}
