package backup;

import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.Reason;
import dolmen.model.Report;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** A backup, top to bottom. Each line is one file in this folder. */
public final class BackupRoute extends RouteBuilder {
    private final Clock clock;

    public BackupRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:backup")
                .routeId("backup")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:begin-backup")
                .loopDoWhile(BackupRoute::unmatched)
                .to("direct:dump-metadata")
                .to("direct:archive-segments")
                .to("direct:match-segments")
                .end()
                .to("direct:archive-metabase")
                .to("direct:compare-with-druid")
                .to("direct:write-manifest")
                .to("direct:read-back-backup")
                .to("direct:publish-backup")
                .to("direct:upload-backup")
                .to("direct:copy-backup")
                .to("direct:prune-backups")
                .transform()
                .body(BackupRun.class, this::report);
    }

    /** A loop asks once more after a step of it has given up; the body is the report of the run then. */
    private static boolean unmatched(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof BackupRun backup && backup.unmatched();
    }

    private Report report(BackupRun backup) {
        List<String> details = new ArrayList<>();
        backup.artifacts().forEach(artifact -> details.add(artifact.name() + ": " + artifact.bytes() + " bytes"));
        details.add("segments: " + backup.coverage().orElseThrow().summary() + ", read by "
                + backup.segments().orElseThrow().roadWord());
        backup.base()
                .ifPresent(base -> details.add("incremental: "
                        + backup.segments().orElseThrow().files() + " files, "
                        + backup.segments().orElseThrow().bytes() + " bytes are new; "
                        + rest(backup)));
        details.add("tables: " + backup.dump().orElseThrow().rows().size() + ", rows: "
                + backup.dump().orElseThrow().totalRows());
        backup.metabase()
                .ifPresent(
                        metabase -> details.add("Metabase: " + metabase.kind().word() + " " + metabase.counts()));
        details.addAll(backup.details());
        backup.warnings().forEach(warning -> details.add("warning: " + warning));
        String published = "published backup " + backup.label();
        return backup.reasons().isEmpty()
                ? Report.success(backup.run(), published + ", verified", details, clock.instant())
                : Report.incomplete(
                        backup.run(),
                        published + ", suspicious: " + words(backup.reasons()),
                        "It is restored only where it is named and confirmed. Where you have looked into a reason and it may count all the"
                                + " same, `dolmen accept "
                                + backup.label() + " REASON` says so.",
                        details,
                        clock.instant());
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
