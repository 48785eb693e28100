package dolmen;

import dolmen.model.ExitCode;
import dolmen.model.StepFailure;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Starts Dolmen: the one place that turns a failure into a message and that ends the process. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a command line and returns its exit status. */
    static int execute(String... arguments) {
        CommandLine commandLine = new CommandLine(new dolmen.commands.Dolmen());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        commandLine.setParameterExceptionHandler((failure, parsed) -> {
            failure.getCommandLine().getErr().println(failure.getMessage());
            failure.getCommandLine()
                    .getErr()
                    .println("HINT: " + failure.getCommandLine().getCommandName() + " --help");
            return ExitCode.USAGE.status();
        });
        commandLine.getCommandSpec().usageMessage().exitCodeListHeading("%nExit statuses:%n");
        commandLine
                .getCommandSpec()
                .usageMessage()
                .exitCodeList(Arrays.stream(ExitCode.values())
                        .collect(Collectors.toMap(
                                code -> String.valueOf(code.status()),
                                ExitCode::meaning,
                                (one, other) -> one,
                                java.util.LinkedHashMap::new)));
        return commandLine.execute(arguments);
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof StepFailure known) {
            Stream.of(known.getMessage(), "HINT: " + known.hint())
                    .forEach(line -> command.getErr().println(Ansi.AUTO.text(line)));
            return known.exitCode().status();
        }
        throw failure;
    }
}
