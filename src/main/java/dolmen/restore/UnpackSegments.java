package dolmen.restore;

import dolmen.deepstorage.BackupTar;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.Staged;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the segments into deep storage, beside the live ones; Druid does not see them yet. */
public final class UnpackSegments implements MeteredStep<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackSegments.class);

    private final DeepStorage storage;

    public UnpackSegments(DeepStorage storage) {
        this.storage = storage;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.SIDE_LOADED);
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        RestoreRun done = unpack(restore, meter);
        LOG.info("unpacked {} files", done.source().files());
        return done;
    }

    private RestoreRun unpack(RestoreRun restore, Meter meter) {
        Staged staged = storage.placement(restore.run().mark())
                .stage(BackupTar.of(restore.source()), BackupTar.bytes(restore.source()), meter);
        RestoreRun told = restore.tell(
                "segments: " + staged.files() + " files, " + staged.bytes() + " bytes, written by " + staged.way());
        for (String warning : staged.warnings()) {
            told = told.tell("warning: " + warning);
        }
        return told;
    }
}
