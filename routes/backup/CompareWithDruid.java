package backup;

import dolmen.druid.Agreement;
import dolmen.druid.AgreementReport;
import dolmen.druid.CountedRows;
import dolmen.metadata.MetadataDumpReader;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Compares the dump with what Druid's API says now, and takes the rows of each datasource from it and from queries. */
public final class CompareWithDruid extends RouteBuilder {
    private final Agreement agreement;

    public CompareWithDruid(Agreement agreement) {
        this.agreement = agreement;
    }

    @Override
    public void configure() {
        from("direct:compare-with-druid")
                .routeId("compare-with-druid")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(BackupRun.class, this::compare)
                .log("druid ${body.druid.get.version} knows ${body.druid.get.segments} used segments");
    }

    private BackupRun compare(BackupRun backup) {
        AgreementReport report = agreement.compare(
                MetadataDumpReader.usedSegments(backup.staging().resolve(Artifact.METADATA_DUMP)));
        List<String> warnings = new ArrayList<>(report.warnings());
        if (report.newer() > 0) {
            warnings.add(report.newer() + " segments came after the dump; the next backup has them");
        }
        BackupRun compared = backup.withDruid(report.state()).warn(warnings).suspect(report.reasons());
        for (String line : CountedRows.lines(report.state().counted())) {
            compared = compared.tell(line);
        }
        return compared;
    }
}
