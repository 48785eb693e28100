package restore;

import dolmen.model.RestoreRun;
import dolmen.model.StepFailure.Refused;
import dolmen.pipeline.LateLosses;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * Compares once more what would be lost, when nothing is swapped yet: what came since the plan refuses a restore that
 * nobody confirmed, and is named in the report of one that was confirmed.
 */
public final class CompareLosses extends RouteBuilder {
    private static final int NAMED = 20;

    private final LateLosses losses;

    public CompareLosses(LateLosses losses) {
        this.losses = losses;
    }

    @Override
    public void configure() {
        from("direct:compare-losses")
                .routeId("compare-losses")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::compare);
    }

    private RestoreRun compare(RestoreRun restore) {
        List<String> late = losses.since(restore);
        if (late.isEmpty()) {
            return restore;
        }
        String words = words(late);
        if (!restore.run().request().confirmed()) {
            throw new Refused(
                    "since it was planned, this came that the restore would lose: " + words,
                    "Everything is put back. Back it up, or see `dolmen plan` and confirm by --yes, or by confirm=yes in"
                            + " the trigger.");
        }
        log.warn("came since the plan and is lost: {}", words);
        return restore.tell("came since the plan and was lost: " + words);
    }

    private static String words(List<String> late) {
        String named = String.join(", ", late.subList(0, Math.min(NAMED, late.size())));
        return late.size() > NAMED ? named + " and " + (late.size() - NAMED) + " more" : named;
    }
}
