package dolmen.restore;

import dolmen.deepstorage.BackupTar;
import dolmen.deepstorage.Staged;
import dolmen.deepstorage.local.SegmentRestore;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpacks the segments into a folder of their own on the same volume; Druid does not see them yet. */
public final class UnpackSegments implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackSegments.class);

    private final SegmentRestore segments;
    private final Supplier<Meter> meters;

    public UnpackSegments(SegmentRestore segments, Supplier<Meter> meters) {
        this.segments = segments;
        this.meters = meters;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = unpack(restore);
        LOG.info("unpacked {} files", done.source().files());
        return done;
    }

    private RestoreRun unpack(RestoreRun restore) {
        Meter meter = meters.get();
        meter.expect(SegmentRestore.PASSES * BackupTar.bytes(restore.source()));
        Staged staged =
                segments.stage(BackupTar.of(restore.source()), restore.run().mark(), meter);
        RestoreRun told = restore.tell("segments: " + staged.files() + " files, " + staged.bytes()
                + " bytes, written by " + staged.transport().word());
        for (String warning : staged.warnings()) {
            told = told.tell("warning: " + warning);
        }
        return told;
    }
}
