package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.Step;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import dolmen.stack.StackStart;
import dolmen.stack.StoppedServices;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a restore replaced back into its place by renames, and starts the services that were stopped for it. */
public final class SwapBack implements Step<UndoRun, UndoRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SwapBack.class);

    private final RunJournal journal;
    private final StoppedServices ledger;
    private final StackStart start;
    private final Consumer<Run> swapBack;
    private final Predicate<Run> withMetabase;

    /** {@code swapBack} may be repeated; {@code withMetabase} tells whether a restore had exchanged Metabase's data. */
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
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.SWAPPED_BACK);
    }

    @Override
    public UndoRun run(UndoRun undo) {
        UndoRun done = swap(undo);
        LOG.info("put back what {} had replaced", done.undone().id());
        return done;
    }

    private UndoRun swap(UndoRun undo) {
        RunMark mark = undo.run().mark();
        boolean beside = undo.undone().request().choice().ofDatasources();
        if (journal.position(undo.run().id()).passed(Milestone.UNDONE)) {
            ledger.startAll(mark);
            return undo;
        }
        journal.owe(undo.run().id());
        swapBack.accept(undo.undone());
        ledger.startAll(undo.undone().mark());
        return undo.tell(startAll(undo, !beside && withMetabase.test(undo.undone())));
    }

    private List<String> startAll(UndoRun undo, boolean metabase) {
        RunMark mark = undo.run().mark();
        if (undo.options().noStart()) {
            List<String> down = start.onlyStopped(mark, metabase);
            return down.isEmpty() ? List.of() : List.of("left down what was down: " + String.join(", ", down));
        }
        List<String> were = start.everything(mark, metabase);
        return were.isEmpty() ? List.of() : List.of("started what was down: " + String.join(", ", were));
    }
}
