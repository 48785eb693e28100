package dolmen.commands;

import dolmen.app.Application;
import dolmen.model.ExitCode;
import dolmen.progress.Display;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code dolmen run}: serves the inbox, the schedule and the page. */
@Command(
        name = "run",
        description = "Stay up: take the nightly backup, and run what is dropped into the inbox.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Override
    public Integer call() throws Exception {
        try (Display display = Terminal.display(true);
                Application application = new Application(dolmen.settings(), dolmen.shown(), display)) {
            application.serve();
        }
        return ExitCode.OK.status();
    }
}
