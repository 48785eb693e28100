package restore;

import dolmen.catalog.RunJournal;
import dolmen.model.Run;
import dolmen.model.UndoRun;
import dolmen.stack.StoppedServices;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Stops the services, puts what a restore replaced back into its place by renames, and starts the services. */
public final class SwapBack extends RouteBuilder {
    private final RunJournal journal;
    private final StoppedServices ledger;
    private final List<String> services;
    private final Consumer<Run> swapBack;

    /** {@code swapBack} completes what was begun, too. */
    public SwapBack(RunJournal journal, StoppedServices ledger, List<String> services, Consumer<Run> swapBack) {
        this.journal = journal;
        this.ledger = ledger;
        this.services = List.copyOf(services);
        this.swapBack = swapBack;
    }

    @Override
    public void configure() {
        from("direct:swap-back")
                .routeId("swap-back")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(UndoRun.class, this::swap)
                .log("put back what ${body.undone.id} had replaced");
    }

    private UndoRun swap(UndoRun undo) {
        String mark = undo.run().mark();
        if (!journal.begun(undo.run().id(), "drop-undone")) {
            journal.owe(undo.run().id());
            ledger.stopAllThere(mark, undo.undone().request().ofDatasources() ? List.of() : services);
            swapBack.accept(undo.undone());
        }
        ledger.startAll(undo.undone().mark());
        ledger.startAll(mark);
        return undo;
    }
}
