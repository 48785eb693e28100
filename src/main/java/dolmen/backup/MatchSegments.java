package dolmen.backup;

import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.SegmentFiles;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.BackupRun;
import dolmen.model.Coverage;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Reason;
import dolmen.model.StepFailure.Incomplete;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves that the archive holds every segment that the dump uses; where it does not, another pass follows, and after the last one the run fails. */
public final class MatchSegments implements MeteredStep<BackupRun, BackupRun> {
    private static final Logger LOG = LoggerFactory.getLogger(MatchSegments.class);

    private final LoadPaths paths;
    private final int passes;
    private final MetadataDumps dumps;

    public MatchSegments(LoadPaths paths, int passes, MetadataDumps dumps) {
        this.dumps = dumps;
        this.paths = paths;
        this.passes = passes;
    }

    @Override
    public BackupRun run(BackupRun backup, Meter meter) {
        BackupRun done = match(backup, meter);
        LOG.info(
                "pass {}: {} of {} used segments held",
                done.pass(),
                done.coverage().orElseThrow().held(),
                done.coverage().orElseThrow().used());
        return done;
    }

    private BackupRun match(BackupRun backup, Meter meter) {
        Path dump = backup.staging().resolve(Artifact.METADATA_DUMP);
        meter.expect(dump.toFile().length());
        Coverage coverage = CoverageCheck.check(
                        dumps.usedSegments(dump, meter),
                        paths,
                        SegmentFiles.ofIndex(backup.staging().resolve(Artifact.SEGMENT_INDEX)),
                        paths.memberPrefix(),
                        backup.options().acceptMissing())
                .coverage();
        if (!coverage.complete() && backup.segments().orElseThrow().held() == 0) {
            throw new Incomplete(
                    "the shared folder holds no file, the metadata uses " + coverage.used() + " segments",
                    "Set dolmen.segments.service to a service that has deep storage mounted (not the broker or the"
                            + " router), and dolmen.segments.path to where.");
        }
        if (!coverage.complete() && backup.pass() >= passes) {
            throw incomplete(coverage);
        }
        return backup.withCoverage(coverage).warn(unneeded(backup, coverage)).suspect(reasons(coverage));
    }

    private static List<Reason> reasons(Coverage coverage) {
        return coverage.complete() && !coverage.accepted().isEmpty()
                ? List.of(Reason.missing(
                        "it does not hold the files of these used segments: " + String.join(", ", coverage.accepted())))
                : List.of();
    }

    private static List<String> unneeded(BackupRun backup, Coverage coverage) {
        return backup.options().acceptMissing().stream()
                .filter(id -> coverage.complete() && !coverage.accepted().contains(id))
                .map(id -> "segment " + id + " was named as missing, and is there or not used any more")
                .toList();
    }

    private Incomplete incomplete(Coverage coverage) {
        return new Incomplete(
                "not in deep storage, after " + passes + " passes: " + coverage.words(),
                "Put their files back from a backup of deep storage, or ingest these intervals again. Where they are lost for good,"
                        + " `dolmen backup --accept-missing ID,...` saves all the rest. Nothing was published.");
    }
}
