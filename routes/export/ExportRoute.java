package export;

import dolmen.export.ExportRun;
import dolmen.model.BackupContents;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.Size;
import java.time.Clock;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ClaimCheckOperation;
import shared.Claims;
import shared.StepFailures;

/** Reads a backup whole and writes it as plain files, top to bottom. */
public final class ExportRoute extends RouteBuilder {
    private final Clock clock;

    public ExportRoute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure() {
        from("direct:export")
                .routeId("export")
                .routeConfigurationId(StepFailures.RUN)
                .to("direct:fetch-missing")
                .claimCheck(ClaimCheckOperation.Push)
                .to("direct:find-backup")
                .to("direct:examine-backup")
                .claimCheck()
                .operation(ClaimCheckOperation.Pop)
                .aggregationStrategy(Claims.with(Run.class, BackupContents.class, ExportRun::new))
                .to("direct:write-export")
                .transform()
                .body(ExportRun.class, this::report);
    }

    private Report report(ExportRun export) {
        BackupContents backup = export.backup();
        return Report.success(
                export.run(),
                "exported " + backup.name() + " to " + export.folder(),
                List.of("segments: " + backup.files() + " files, " + Size.words(backup.bytes())),
                clock.instant());
    }
}
