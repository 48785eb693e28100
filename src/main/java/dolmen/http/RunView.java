package dolmen.http;

import dolmen.model.ExitCode;
import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.RunOptions;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run as the page and the API show it. What is known only of an ended run (end, seconds, outcome, hint, failed step) is empty before. */
record RunView(
        RunId id,
        Operation operation,
        Optional<Kind> kind,
        Origin origin,
        Instant begun,
        Optional<Instant> ended,
        Optional<Double> seconds,
        Optional<ExitCode> outcome,
        String summary,
        Optional<String> hint,
        Optional<String> failedStep,
        long retries,
        List<StepRecord> steps,
        List<String> details) {

    static RunView of(Report report) {
        Run run = report.run();
        return new RunView(
                run.id(),
                run.request().operation(),
                kind(run.request().options()),
                run.request().origin(),
                run.begun(),
                Optional.of(report.ended()),
                Optional.of(Duration.between(run.begun(), report.ended()).toMillis() / 1000.0),
                Optional.of(report.outcome()),
                report.summary(),
                report.hint(),
                report.failedStep(),
                retries(report.steps()),
                report.steps(),
                report.details());
    }

    /** A run that has no report yet. */
    static RunView of(Run run, List<StepRecord> steps) {
        return new RunView(
                run.id(),
                run.request().operation(),
                kind(run.request().options()),
                run.request().origin(),
                run.begun(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                retries(steps),
                steps,
                List.of());
    }

    private static Optional<Kind> kind(RunOptions options) {
        return options instanceof BackupOptions backup ? backup.kind() : Optional.empty();
    }

    /** This run without steps and details, as a list of runs shows it. */
    RunView brief() {
        return new RunView(
                id,
                operation,
                kind,
                origin,
                begun,
                ended,
                seconds,
                outcome,
                summary,
                hint,
                failedStep,
                retries,
                List.of(),
                List.of());
    }

    /** How often a step was tried again after it had failed. */
    private static long retries(List<StepRecord> steps) {
        long retries = 0;
        for (int index = 1; index < steps.size(); index++) {
            StepRecord before = steps.get(index - 1);
            boolean sameStep = before.step().equals(steps.get(index).step());
            retries += sameStep && before.failure().isPresent() ? 1 : 0;
        }
        return retries;
    }
}
