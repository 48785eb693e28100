package verify;

import dolmen.model.BackupContents;
import dolmen.model.Coverage;
import dolmen.model.DumpSummary;
import dolmen.model.Report;
import dolmen.model.Run;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import shared.Claims;
import shared.StepFailures;

/** Reports whether a backup is whole and its parts fit together. */
public final class VerifyRoute extends RouteBuilder {
    private final Clock clock;

    public VerifyRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:verify")
                .routeId("verify")
                .routeConfigurationId(StepFailures.RUN)
                .claimCheck(ClaimCheckOperation.Push)
                .to("direct:find-backup")
                .to("direct:examine-backup")
                .claimCheck()
                .operation(ClaimCheckOperation.Pop)
                .aggregationStrategy(Claims.with(Run.class, BackupContents.class, this::report));
    }

    private Report report(Run run, BackupContents examined) {
        List<String> details = new ArrayList<>();
        DumpSummary dump = examined.dump().orElseThrow();
        details.add("dump: whole, " + dump.rows().size() + " tables, " + dump.totalRows() + " rows, by pg_dump "
                + dump.clientVersion());
        details.add("archive: whole, " + examined.files() + " files, " + examined.bytes() + " bytes");
        Coverage coverage = examined.coverage().orElseThrow();
        details.add("segments: " + coverage.summary());
        details.addAll(examined.notes());
        return coverage.accepted().isEmpty()
                ? Report.success(run, examined.name() + ": whole, nothing missing", details, clock.instant())
                : Report.incomplete(
                        run,
                        examined.name() + ": whole, but for what it was accepted not to hold: "
                                + String.join(", ", coverage.accepted()),
                        "Look for an older backup that holds them: `dolmen list` names what each lacks.",
                        details,
                        clock.instant());
    }
}
