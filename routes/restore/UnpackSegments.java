package restore;

import dolmen.deepstorage.BackupTar;
import dolmen.deepstorage.Staged;
import dolmen.deepstorage.local.SegmentRestore;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Unpacks the segments into a folder of their own on the same volume; Druid does not see them yet. */
public final class UnpackSegments extends RouteBuilder {
    private final SegmentRestore segments;
    private final Supplier<Meter> meters;

    public UnpackSegments(SegmentRestore segments, Supplier<Meter> meters) {
        this.segments = segments;
        this.meters = meters;
    }

    @Override
    public void configure() {
        from("direct:unpack-segments")
                .routeId("unpack-segments")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::unpack)
                .log("unpacked ${body.source.files} files");
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
