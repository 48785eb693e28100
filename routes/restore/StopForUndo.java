package restore;

import dolmen.model.Run;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import dolmen.stack.StoppedServices;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Stops the services that an undo of a whole restore needs down; one of single datasources needs none. */
public final class StopForUndo extends RouteBuilder {
    private final RunJournal journal;
    private final StoppedServices ledger;
    private final List<String> services;
    private final Consumer<Run> raiseMetadata;

    /** {@code raiseMetadata} starts PostgreSQL where it does not run. */
    public StopForUndo(RunJournal journal, StoppedServices ledger, List<String> services, Consumer<Run> raiseMetadata) {
        this.journal = journal;
        this.ledger = ledger;
        this.services = List.copyOf(services);
        this.raiseMetadata = raiseMetadata;
    }

    @Override
    public void configure() {
        from("direct:stop-for-undo")
                .routeId("stop-for-undo")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(UndoRun.class, this::stop)
                .log("stopped what ${body.undone.id} needs down to be undone");
    }

    private UndoRun stop(UndoRun undo) {
        raiseMetadata.accept(undo.run());
        boolean beside = undo.undone().request().ofDatasources();
        if (!journal.begun(undo.run().id(), "drop-undone")) {
            ledger.stopAllThere(undo.run().mark(), beside ? List.of() : services);
        }
        return undo;
    }
}
