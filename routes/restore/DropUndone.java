package restore;

import dolmen.model.Run;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import dolmen.stack.StartedServices;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Drops what the undone restore had brought, now that the services run on what it had replaced; what was started stays up. */
public final class DropUndone extends RouteBuilder {
    private final RunJournal journal;
    private final SafetyCopies copies;
    private final StartedServices started;
    private final Consumer<Run> drop;
    private final Supplier<List<String>> live;

    /** {@code live} says what is live now. */
    public DropUndone(
            RunJournal journal,
            SafetyCopies copies,
            StartedServices started,
            Consumer<Run> drop,
            Supplier<List<String>> live) {
        this.started = started;
        this.journal = journal;
        this.copies = copies;
        this.drop = drop;
        this.live = live;
    }

    @Override
    public void configure() {
        from("direct:drop-undone")
                .routeId("drop-undone")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(UndoRun.class, this::drop)
                .log("dropped what ${body.undone.id} had brought");
    }

    private UndoRun drop(UndoRun undo) {
        drop.accept(undo.undone());
        copies.remove(undo.undone().mark());
        if (!undo.run().request().noStart()) {
            started.keepAll(undo.run().mark());
        }
        journal.settle(undo.run().id());
        return undo.tell(live.get());
    }
}
