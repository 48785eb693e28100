package dolmen.runs;

import dolmen.model.ExitCode;
import dolmen.model.Report;
import dolmen.model.StepRecord;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** A report as a person reads it. */
public final class ReportText {
    private ReportText() {}

    /** Lines of text, the outcome first. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        text.append(word(report.outcome()))
                .append(": ")
                .append(report.run().request().operation().word())
                .append(' ')
                .append(report.run().id())
                .append('\n');
        text.append(report.summary()).append('\n');
        report.hint().ifPresent(hint -> text.append("HINT: ").append(hint).append('\n'));
        report.failedStep()
                .ifPresent(step -> text.append("failed step: ").append(step).append('\n'));
        report.details().forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("began ")
                .append(report.run().begun().truncatedTo(ChronoUnit.SECONDS))
                .append(", took ")
                .append(seconds(Duration.between(report.run().begun(), report.ended())))
                .append('\n');
        Set<String> said = new HashSet<>(Set.of(report.summary()));
        report.steps().forEach(step -> text.append(line(step, said)).append('\n'));
        return text.toString();
    }

    /** What failed again for a reason that was said is not said once more. */
    private static String line(StepRecord step, Set<String> said) {
        String took = step.ended()
                .map(ended -> seconds(Duration.between(step.begun(), ended)))
                .orElse("not ended");
        return String.format(
                Locale.ROOT,
                "  %-20s %10s%s",
                step.step(),
                took,
                step.failure()
                        .map(failure -> said.add(failure) ? "  failed: " + failure : "  failed, see above")
                        .orElse(""));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String word(ExitCode outcome) {
        return outcome.name().replace('_', ' ');
    }
}
