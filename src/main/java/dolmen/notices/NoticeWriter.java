package dolmen.notices;

import dolmen.catalog.Freshness;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.Notice;
import dolmen.model.NoticeEvent;
import dolmen.model.Operation;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure;
import dolmen.runs.ReportText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the notices: their titles, summaries, hints and other values. */
public final class NoticeWriter {
    private static final String STALE_HINT =
            "See `dolmen status`, and whether `dolmen run` is up and its schedule set.";

    private final String host;
    private final Supplier<Optional<Backup>> lastGood;

    /** {@code host} names this machine in each notice; {@code lastGood} finds the newest verified backup. */
    public NoticeWriter(String host, Supplier<Optional<Backup>> lastGood) {
        this.host = host;
        this.lastGood = lastGood;
    }

    /** How a run ended. */
    public Notice ended(NoticeEvent event, Report report) {
        RunRequest request = report.run().request();
        String operation = request.operation().word();
        Map<String, String> values = common(event, report.ended());
        values.put("title", title(event, operation, report.outcome()));
        values.put("run", report.run().id().text());
        values.put("operation", operation);
        values.put("outcome", word(report.outcome()));
        values.put("step", report.failedStep().orElse(""));
        values.put("summary", report.summary());
        values.put("hint", report.hint().orElse(""));
        values.put("label", label(report).map(Label::text).orElse(""));
        values.put("report", ReportText.of(report).strip());
        return new Notice(values);
    }

    /** No verified backup is younger than the limit. */
    public Notice stale(Optional<Backup> newest, Duration limit, Instant now) {
        String summary =
                "no verified backup of the last " + words(limit) + "; the newest is " + Freshness.words(newest, now);
        Map<String, String> values = common(NoticeEvent.STALE, now);
        values.put("title", "no fresh backup");
        values.put("operation", Operation.BACKUP.word());
        values.put("outcome", NoticeEvent.STALE.word());
        values.put("summary", summary);
        values.put("hint", STALE_HINT);
        values.put("label", newest.map(NoticeWriter::label).map(Label::text).orElse(""));
        values.put("report", summary + "\nHINT: " + STALE_HINT);
        return new Notice(values);
    }

    /** Nothing happened: somebody tries whether notifications arrive. */
    public Notice test(Instant now) {
        String summary = "this is a test; nothing happened";
        Map<String, String> values = common(NoticeEvent.TEST, now);
        values.put("title", "test");
        values.put("outcome", NoticeEvent.TEST.word());
        values.put("summary", summary);
        values.put("report", summary);
        return new Notice(values);
    }

    private Map<String, String> common(NoticeEvent event, Instant now) {
        Map<String, String> values = new HashMap<>();
        values.put("event", event.word());
        values.put("host", host);
        values.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("last-good", lastGood(now));
        return values;
    }

    /** A catalog that cannot be read does not keep the rest of a notice from being sent. */
    private String lastGood(Instant now) {
        try {
            return Freshness.words(lastGood.get(), now);
        } catch (StepFailure unreadable) {
            return "not known: " + unreadable.getMessage();
        }
    }

    private Optional<Label> label(Report report) {
        RunRequest request = report.run().request();
        if (!report.succeeded() || request.operation() != Operation.BACKUP) {
            return request.backup().label();
        }
        try {
            return lastGood.get().map(NoticeWriter::label);
        } catch (StepFailure unreadable) {
            return Optional.empty();
        }
    }

    private static Label label(Backup backup) {
        return backup.manifest().label();
    }

    private static String title(NoticeEvent event, String operation, ExitCode outcome) {
        return switch (event) {
            case RECOVERY -> operation + " works again";
            case SUCCESS -> operation + " done";
            default -> operation + " " + word(outcome);
        };
    }

    private static String word(ExitCode outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(Duration limit) {
        return limit.toMinutesPart() == 0 && limit.toSecondsPart() == 0
                ? limit.toHours() + " hours"
                : limit.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
