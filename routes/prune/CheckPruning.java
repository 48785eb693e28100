package prune;

import dolmen.model.PruneRun;
import dolmen.model.StepFailure.Refused;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Holds pruning back when the newest backup has much less than the one before, unless that was confirmed. */
public final class CheckPruning extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:check-pruning")
                .routeId("check-pruning")
                .routeConfigurationId(StepFailures.STEP)
                .process(exchange -> check(exchange.getMessage().getBody(PruneRun.class)));
    }

    private static void check(PruneRun pruning) {
        boolean confirmed = pruning.run().request().confirmed();
        if (!pruning.plan().isEmpty() && !pruning.plan().drops().isEmpty() && !confirmed) {
            throw new Refused(
                    "the newest backup holds much less than the one before: "
                            + String.join("; ", pruning.plan().drops()),
                    "When that is as it should be, repeat with --yes; nothing was removed.");
        }
    }
}
