package dolmen.commands;

import dolmen.app.Application;
import dolmen.model.DeadLetter;
import dolmen.model.Report;
import dolmen.runs.DeadLetters;
import dolmen.runs.ReportText;
import dolmen.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen retry}: repeats a run from its dead letter. */
@Command(
        name = "retry",
        description = "Repeat a run that gave up, from its dead letter, which goes when the run succeeds; "
                + "when it gives up again, the newer one takes its place.",
        mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The run's id, as its report names it.")
    private String run;

    @Override
    public Integer call() throws Exception {
        Settings settings = dolmen.settings();
        DeadLetters deadLetters = new DeadLetters(settings.paths().deadLetters());
        DeadLetter letter = deadLetters.named(run);
        try (Application application = new Application(settings, dolmen.shown())) {
            application.start();
            Report report = application.run(letter.run().request().retried());
            deadLetters.settle(letter.run(), report);
            spec.commandLine().getOut().print(ReportText.of(report));
            spec.commandLine().getOut().flush();
            return report.outcome().status();
        }
    }
}
