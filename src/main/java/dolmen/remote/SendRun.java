package dolmen.remote;

import dolmen.model.Report;
import dolmen.model.Run;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A run of a command that sends backups to a place, and those that it has sent. */
public record SendRun(Run run, List<SentBackup> sent) {
    public SendRun {
        sent = List.copyOf(sent);
    }

    /** A run that has sent nothing yet. */
    public static SendRun begin(Run run) {
        return new SendRun(run, List.of());
    }

    /** This run, with one more. */
    public SendRun and(SentBackup more) {
        return new SendRun(run, Stream.concat(sent.stream(), Stream.of(more)).toList());
    }

    /** A line for each that it has sent. */
    public List<String> lines() {
        return sent.stream().map(SentBackup::line).toList();
    }

    /** The report of a run in which none failed. */
    public Report report(Instant now) {
        SentBackup asked = sent.stream().filter(SentBackup::isAsked).findFirst().orElseThrow();
        List<String> details = Stream.concat(
                        Stream.of(asked.detail()),
                        sent.stream().filter(each -> !each.isAsked()).map(SentBackup::line))
                .toList();
        return Report.success(run, asked.summary(), details, now);
    }
}
