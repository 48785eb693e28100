package restore;

import dolmen.catalog.SafetyCopies;
import dolmen.model.RestoreRun;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Keeps what the restore replaced, now that it is verified, and drops what older restores replaced, by policy. */
public final class KeepSafetyCopy extends RouteBuilder {
    private final SafetyCopies copies;
    private final Consumer<String> drop;

    /** {@code drop} removes what the restore of that mark replaced. */
    public KeepSafetyCopy(SafetyCopies copies, Consumer<String> drop) {
        this.copies = copies;
        this.drop = drop;
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
        copies.add(restore.run().mark());
        for (String mark : copies.beyondPolicy()) {
            drop.accept(mark);
            copies.remove(mark);
        }
        return restore.tell(
                copies.list().contains(restore.run().mark())
                        ? "what was replaced is kept: `dolmen restore --undo "
                                + restore.run().id() + "` brings it back"
                        : "what was replaced was dropped: dolmen.restore.safety-copies=0");
    }
}
