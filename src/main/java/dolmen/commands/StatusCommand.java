package dolmen.commands;

import dolmen.catalog.Catalog;
import dolmen.catalog.Freshness;
import dolmen.catalog.LastGood;
import dolmen.model.Ahead;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.ProgressState;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.notices.UnsentNotices;
import dolmen.progress.StepProgress;
import dolmen.runs.DeadLetters;
import dolmen.runs.ProgressFile;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import dolmen.runs.SafetyCopies;
import dolmen.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dolmen status}: prints what is running, what was interrupted, the last reports, and what waits for a person. */
@Command(
        name = "status",
        description =
                "What is going on now, how the last runs ended, and what is left to do. Exit status 1 when a run was "
                        + "interrupted or the last one failed.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    @ParentCommand
    private Dolmen dolmen;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = dolmen.settings();
        PrintWriter out = spec.commandLine().getOut();
        RunJournal journal = new RunJournal(settings.paths().state(), Clock.systemUTC());
        List<Run> interrupted = printRunning(settings, journal, out);
        printBackups(settings, out);
        List<Report> reports = journal.reports();
        reports.stream()
                .skip(Math.max(0, reports.size() - SHOWN))
                .forEach(report ->
                        out.println("run " + report.run().id() + ": " + report.outcome() + ", " + report.summary()));
        printWaiting(settings, out);
        out.flush();
        return interrupted.isEmpty() && !lastFailed(reports) ? ExitCode.OK.status() : ExitCode.FAILED.status();
    }

    /** What is going on; returns the interrupted runs, of which there is none while another run goes on. */
    private static List<Run> printRunning(Settings settings, RunJournal journal, PrintWriter out) {
        Optional<String> holder = RunLock.holderOf(settings.paths().state());
        out.println("now: " + holder.orElse("nothing is running"));
        new ProgressFile(settings.paths().state())
                .running(Instant.now())
                .ifPresent(progress -> out.println("progress: " + words(progress)));
        List<Run> interrupted = holder.isPresent() ? List.of() : journal.interrupted();
        interrupted.forEach(run -> out.println("interrupted: " + run.id() + " HINT: run `dolmen recover`"));
        return interrupted;
    }

    private static void printBackups(Settings settings, PrintWriter out) {
        List<Label> labels = new Catalog(settings.paths().catalog()).labels();
        Ahead ahead = Ahead.of(Clock.systemUTC());
        List<Label> counted = ahead.without(labels);
        out.println(
                "backups: " + labels.size() + (counted.isEmpty() ? "" : ", newest " + counted.get(counted.size() - 1)));
        ahead.words(labels).ifPresent(future -> out.println("wrong clock: " + future));
        out.println("last good backup: "
                + Freshness.words(LastGood.of(settings, Clock.systemUTC()).find(), ahead.now()));
    }

    /** What waits for a person: a safety copy, dead letters, and notices that were not sent. */
    private static void printWaiting(Settings settings, PrintWriter out) {
        new SafetyCopies(settings.paths().state(), settings.restore().safetyCopies())
                .newest()
                .ifPresent(mark -> out.println("safety copy: of run " + mark
                        + "-restore HINT: bring back what it replaced by `dolmen restore --undo " + mark
                        + "-restore`"));
        new DeadLetters(settings.paths().deadLetters())
                .list()
                .forEach(run -> out.println("dead letter: " + run + " HINT: repeat it by `dolmen retry " + run + "`"));
        new UnsentNotices(settings, Clock.systemUTC()).lines().forEach(line -> out.println("not told: " + line));
    }

    /** Whether the last run failed; those that another run kept from beginning are left out. */
    private static boolean lastFailed(List<Report> reports) {
        return reports.stream()
                .filter(report -> report.outcome() != ExitCode.LOCKED)
                .reduce((earlier, later) -> later)
                .filter(report -> !report.succeeded())
                .isPresent();
    }

    private static String words(ProgressState progress) {
        OptionalLong total =
                progress.bytesTotal().stream().mapToLong(bytes -> bytes).findFirst();
        return StepProgress.mean(
                        progress.step(), progress.bytesDone(), total, Duration.between(progress.since(), progress.at()))
                .words();
    }
}
