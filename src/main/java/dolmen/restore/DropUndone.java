package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.Run;
import dolmen.model.Step;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import dolmen.stack.StartedServices;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what the undone restore had brought, now that the services run on what it had replaced; what was started stays up. */
public final class DropUndone implements Step<UndoRun, UndoRun> {
    private static final Logger LOG = LoggerFactory.getLogger(DropUndone.class);

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
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.UNDONE);
    }

    @Override
    public UndoRun run(UndoRun undo) {
        UndoRun done = drop(undo);
        LOG.info("dropped what {} had brought", done.undone().id());
        return done;
    }

    private UndoRun drop(UndoRun undo) {
        drop.accept(undo.undone());
        copies.remove(undo.undone().mark());
        if (!undo.options().noStart()) {
            started.keepAll(undo.run().mark());
        }
        journal.settle(undo.run().id());
        return undo.tell(live.get());
    }
}
