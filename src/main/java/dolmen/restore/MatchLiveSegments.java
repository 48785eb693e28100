package dolmen.restore;

import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.DeepStorage;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.Coverage;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.RestoreRun;
import dolmen.model.StepFailure.Incomplete;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that deep storage holds every segment that the restored metadata uses. Druid's API cannot tell: it
 * goes on serving what a historical has in its cache.
 */
public final class MatchLiveSegments implements MeteredStep<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(MatchLiveSegments.class);

    private final DeepStorage storage;
    private final MetadataDumps dumps;

    public MatchLiveSegments(DeepStorage storage, MetadataDumps dumps) {
        this.dumps = dumps;
        this.storage = storage;
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        RestoreRun done = match(restore, meter);
        LOG.info("the shared folder holds all segments of {}", done.source().name());
        return done;
    }

    private RestoreRun match(RestoreRun restore, Meter meter) {
        Path dump = restore.source().file(Artifact.METADATA_DUMP);
        long bytes = dump.toFile().length();
        meter.guess(bytes);
        Coverage coverage = CoverageCheck.check(
                        restore.choice().wanted(dumps.usedSegments(dump, meter)),
                        storage.paths(),
                        storage.files(bytes + restore.source().bytes(), meter),
                        "",
                        restore.source().accepted())
                .coverage();
        if (!coverage.complete()) {
            throw new Incomplete(
                    "segments missing: the shared folder lacks files of " + coverage.words(),
                    "Find out what removes files from " + storage.paths().root()
                            + " and restore again; what is lost for good," + " ingest again from its source.");
        }
        return coverage.accepted().isEmpty()
                ? restore.tell("deep storage: the files of all " + coverage.used() + " used segments are there")
                : restore.tell(
                        "deep storage: the files of all used segments are there, but for those that the backup does"
                                + " not hold: " + String.join(", ", coverage.accepted()));
    }
}
