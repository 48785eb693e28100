package dolmen.commands;

import dolmen.app.Application;
import dolmen.model.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen recover}: ends what interrupted runs left. */
@Command(
        name = "recover",
        description = "End what an interrupted run left: start the services that it stopped, put a half restore back, "
                + "remove staging. Every other run does the same before it begins.",
        mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (Application application = new Application(dolmen.settings(), dolmen.shown())) {
            application.start();
            List<String> done = application.recover();
            done.forEach(spec.commandLine().getOut()::println);
            if (done.isEmpty()) {
                spec.commandLine().getOut().println("nothing to recover");
            }
            spec.commandLine().getOut().flush();
            return ExitCode.OK.status();
        }
    }
}
