package dolmen.backup;

import dolmen.archive.Digests;
import dolmen.metadata.DruidMetadata;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.model.DumpSummary;
import dolmen.model.HeapNeed;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dumps the metadata in one snapshot; a pass begins here, since segments are pushed before their rows are published. */
public final class DumpMetadata implements MeteredStep<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(DumpMetadata.class);

    private final DruidMetadata metadata;
    private final ExpectedBytes guess;

    public DumpMetadata(DruidMetadata metadata, ExpectedBytes guess) {
        this.metadata = metadata;
        this.guess = guess;
    }

    @Override
    public BackupRun run(BackupRun backup, Meter meter) {
        BackupRun done = dump(backup, meter);
        LOG.info(
                "dumped {} rows, {} used segments",
                done.dump().orElseThrow().totalRows(),
                done.dump().orElseThrow().usedSegments());
        return done;
    }

    private BackupRun dump(BackupRun backup, Meter meter) {
        Path file = backup.staging().resolve(Artifact.METADATA_DUMP);
        guess.dump(meter);
        List<String> warnings = new ArrayList<>();
        DumpSummary summary = metadata.dump(file, warnings::add, meter);
        HeapNeed.require(summary.usedSegments());
        return backup.withDump(summary, Digests.artifact(file)).warn(warnings);
    }
}
