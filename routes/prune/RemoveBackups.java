package prune;

import dolmen.model.PruneRun;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Unpublishes what goes, then removes its files, but for archives that others need. */
public final class RemoveBackups extends RouteBuilder {
    private final Consumer<PruneRun> pruning;

    public RemoveBackups(Consumer<PruneRun> pruning) {
        this.pruning = pruning;
    }

    @Override
    public void configure() {
        from("direct:remove-backups")
                .routeId("remove-backups")
                .routeConfigurationId(StepFailures.STEP)
                .process(exchange -> pruning.accept(exchange.getMessage().getBody(PruneRun.class)))
                .log("removed ${body.plan.words}");
    }
}
