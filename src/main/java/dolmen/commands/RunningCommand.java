package dolmen.commands;

import dolmen.app.Application;
import dolmen.model.Json;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.progress.Display;
import dolmen.runs.ReportText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that is one run: it prints the run's report and ends with its exit status. */
abstract class RunningCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        RunRequest request = request();
        Dolmen dolmen = (Dolmen) spec.root().userObject();
        try (Display display = Terminal.display(json);
                Application application = new Application(dolmen.settings(), dolmen.shown(), display)) {
            application.start();
            Report report = application.run(request);
            print(report);
            return report.outcome().status();
        }
    }

    /** What the command line asks for. */
    abstract RunRequest request();

    private void print(Report report) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n"
                        : ReportText.of(report));
        out.flush();
    }
}
