package restore;

import dolmen.model.Run;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import dolmen.stack.StackStart;
import dolmen.stack.StoppedServices;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Puts what a restore replaced back into its place by renames, and starts the services that were stopped for it. */
public final class SwapBack extends RouteBuilder {
    private final RunJournal journal;
    private final StoppedServices ledger;
    private final StackStart start;
    private final Consumer<Run> swapBack;
    private final Predicate<Run> withMetabase;

    /** {@code swapBack} completes what was begun, too. */
    public SwapBack(
            RunJournal journal,
            StoppedServices ledger,
            StackStart start,
            Consumer<Run> swapBack,
            Predicate<Run> withMetabase) {
        this.journal = journal;
        this.ledger = ledger;
        this.start = start;
        this.swapBack = swapBack;
        this.withMetabase = withMetabase;
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
        boolean beside = undo.undone().request().ofDatasources();
        if (journal.begun(undo.run().id(), "drop-undone")) {
            ledger.startAll(mark);
            return undo;
        }
        journal.owe(undo.run().id());
        swapBack.accept(undo.undone());
        ledger.startAll(undo.undone().mark());
        return undo.tell(startAll(undo.run(), !beside && withMetabase.test(undo.undone())));
    }

    private List<String> startAll(Run run, boolean metabase) {
        if (run.request().noStart()) {
            List<String> down = start.onlyStopped(run.mark(), metabase);
            return down.isEmpty() ? List.of() : List.of("left down what was down: " + String.join(", ", down));
        }
        List<String> were = start.everything(run.mark(), metabase);
        return were.isEmpty() ? List.of() : List.of("started what was down: " + String.join(", ", were));
    }
}
