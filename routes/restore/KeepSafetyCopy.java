package restore;

import dolmen.model.RestoreRun;
import dolmen.pipeline.CopyKeeper;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Keeps what the restore replaced, now that it is verified, and drops what older restores replaced, by policy. */
public final class KeepSafetyCopy extends RouteBuilder {
    private final CopyKeeper copies;

    public KeepSafetyCopy(CopyKeeper copies) {
        this.copies = copies;
    }

    @Override
    public void configure() {
        from("direct:keep-safety-copy")
                .routeId("keep-safety-copy")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::keep);
    }

    private RestoreRun keep(RestoreRun restore) {
        return restore.tell(
                copies.keep(restore.run().mark())
                        ? "what was replaced is kept: `dolmen restore --undo "
                                + restore.run().id() + "` brings it back"
                        : "what was replaced was dropped: dolmen.restore.safety-copies=0");
    }
}
