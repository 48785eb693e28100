package dolmen.commands;

import dolmen.app.CheckUp;
import dolmen.doctor.Finding;
import dolmen.doctor.Severity;
import dolmen.model.ExitCode;
import dolmen.model.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen doctor}: prints what all checks of the stack and of the set-up found. */
@Command(
        name = "doctor",
        description =
                "Look at the stack and the set-up before any backup, and change nothing. Exit status 12 when a finding"
                        + " is an error, else 0.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the findings as a JSON list.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (CheckUp stack = new CheckUp(dolmen.settings())) {
            List<Finding> findings = stack.examine();
            if (json) {
                out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(findings));
            } else {
                findings.forEach(finding -> print(finding, out));
                out.println(count(findings, Severity.ERROR) + " errors, " + count(findings, Severity.WARNING)
                        + " warnings");
            }
            out.flush();
            return (count(findings, Severity.ERROR) == 0 ? ExitCode.OK : ExitCode.REFUSED).status();
        }
    }

    private static void print(Finding finding, PrintWriter out) {
        out.printf(Locale.ROOT, "%-8s %-14s %s%n", finding.severity().word(), finding.check(), finding.what());
        finding.hint().ifPresent(hint -> out.printf(Locale.ROOT, "%-8s %-14s HINT: %s%n", "", "", hint));
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
