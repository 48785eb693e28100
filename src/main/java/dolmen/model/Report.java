package dolmen.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended: the exit code, one sentence, a hint when it failed, the step that failed, lines with what was found,
 * done and measured, and every attempt at every step. Holds no secrets.
 */
public record Report(
        Run run,
        ExitCode outcome,
        String summary,
        Optional<String> hint,
        Optional<String> failedStep,
        List<String> details,
        List<StepRecord> steps,
        Instant ended) {
    public Report {
        details = List.copyOf(details);
        steps = List.copyOf(steps);
    }

    /** A run that did what it was asked to. */
    public static Report success(Run run, String summary, List<String> details, Instant now) {
        return new Report(run, ExitCode.OK, summary, Optional.empty(), Optional.empty(), details, List.of(), now);
    }

    /** A run that did what it was asked to, but what it read or published does not hold all, or is suspicious. */
    public static Report incomplete(Run run, String summary, String hint, List<String> details, Instant now) {
        return new Report(
                run, ExitCode.INCOMPLETE, summary, Optional.of(hint), Optional.empty(), details, List.of(), now);
    }

    /** A run that ended with this failure in this step; a failure that is no {@link StepFailure} is called a bug. */
    public static Report failure(Run run, String step, Throwable failure, Instant now) {
        Optional<String> at = Optional.ofNullable(step).filter(name -> !name.isEmpty());
        if (failure instanceof StepFailure known) {
            return new Report(
                    run,
                    known.exitCode(),
                    known.getMessage(),
                    Optional.of(known.hint()),
                    at,
                    List.of(),
                    List.of(),
                    now);
        }
        return new Report(
                run,
                ExitCode.FAILED,
                "unexpected failure, a bug of Dolmen's: " + failure.getClass().getSimpleName(),
                Optional.of("See the log of run " + run.id() + " for the stack, and report it."),
                at,
                List.of(),
                List.of(),
                now);
    }

    /** This report with the run's steps. */
    public Report with(List<StepRecord> recorded) {
        return new Report(run, outcome, summary, hint, failedStep, details, recorded, ended);
    }

    /** This report with more lines of detail at its end. */
    public Report and(List<String> more) {
        List<String> all = new ArrayList<>(details);
        all.addAll(more);
        return new Report(run, outcome, summary, hint, failedStep, all, steps, ended);
    }

    public boolean succeeded() {
        return outcome == ExitCode.OK;
    }
}
