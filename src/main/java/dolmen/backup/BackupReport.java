package dolmen.backup;

import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.Reason;
import dolmen.model.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The report of a backup that was published. */
public final class BackupReport {
    private BackupReport() {}

    public static Report of(BackupRun backup, Instant end) {
        List<String> details = new ArrayList<>();
        backup.artifacts().forEach(artifact -> details.add(artifact.name() + ": " + artifact.bytes() + " bytes"));
        details.add("segments: " + backup.coverage().orElseThrow().summary() + ", read by "
                + backup.segments().orElseThrow().transportWord());
        backup.base()
                .ifPresent(base -> details.add("incremental: "
                        + backup.segments().orElseThrow().files() + " files, "
                        + backup.segments().orElseThrow().bytes() + " bytes are new; "
                        + rest(backup)));
        details.add("tables: " + backup.dump().orElseThrow().rows().size() + ", rows: "
                + backup.dump().orElseThrow().totalRows());
        backup.metabase().ifPresent(metabase -> details.add("Metabase: " + metabase.kind() + " " + metabase.counts()));
        details.addAll(lines(backup));
        String published = "published backup " + backup.label();
        return backup.reasons().isEmpty()
                ? Report.success(backup.run(), published + ", verified", details, end)
                : Report.incomplete(
                        backup.run(),
                        published + ", suspicious: " + words(backup.reasons()),
                        "It is restored only where it is named and confirmed. Where you have looked into a reason and it may count all the"
                                + " same, `dolmen accept "
                                + backup.label() + " REASON` says so.",
                        details,
                        end);
    }

    /** The details and the warnings that its steps gave, as lines of a report. */
    public static List<String> lines(BackupRun backup) {
        List<String> lines = new ArrayList<>(backup.details());
        backup.warnings().forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private static String words(List<Reason> reasons) {
        return reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
    }

    private static String rest(BackupRun backup) {
        String others = backup.segments().orElseThrow().archives().keySet().stream()
                .filter(label -> !label.equals(backup.label()))
                .map(Label::text)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "it needs no other archive" : "the rest is in the archives of " + others;
    }
}
