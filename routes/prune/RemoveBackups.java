package prune;

import dolmen.catalog.Pruning;
import dolmen.model.PruneRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Unpublishes what goes, then removes its files, but for archives that others need. */
public final class RemoveBackups extends RouteBuilder {
    private final Pruning pruning;

    public RemoveBackups(Pruning pruning) {
        this.pruning = pruning;
    }

    @Override
    public void configure() {
        from("direct:remove-backups")
                .routeId("remove-backups")
                .routeConfigurationId(StepFailures.STEP)
                .process(exchange -> pruning.carryOut(
                        exchange.getMessage().getBody(PruneRun.class).plan()))
                .log("removed ${body.plan.words}");
    }
}
