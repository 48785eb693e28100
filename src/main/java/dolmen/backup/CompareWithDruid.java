package dolmen.backup;

import dolmen.druid.Agreement;
import dolmen.druid.AgreementReport;
import dolmen.druid.CountedRows;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.model.Step;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the dump with what Druid's API says now, and takes the rows of each datasource from it and from queries. */
public final class CompareWithDruid implements Step<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(CompareWithDruid.class);

    private final Agreement agreement;
    private final MetadataDumps dumps;

    public CompareWithDruid(Agreement agreement, MetadataDumps dumps) {
        this.dumps = dumps;
        this.agreement = agreement;
    }

    @Override
    public BackupRun run(BackupRun backup) {
        BackupRun done = compare(backup);
        LOG.info(
                "druid {} knows {} used segments",
                done.druid().orElseThrow().version(),
                done.druid().orElseThrow().segments());
        return done;
    }

    private BackupRun compare(BackupRun backup) {
        AgreementReport report =
                agreement.compare(dumps.usedSegments(backup.staging().resolve(Artifact.METADATA_DUMP)));
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
