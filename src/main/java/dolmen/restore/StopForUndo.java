package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.Run;
import dolmen.model.Step;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import dolmen.stack.StoppedServices;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the services that may not run during the undo of a whole restore; an undo of single datasources stops none. */
public final class StopForUndo implements Step<UndoRun, UndoRun> {
    private static final Logger LOG = LoggerFactory.getLogger(StopForUndo.class);

    private final RunJournal journal;
    private final StoppedServices ledger;
    private final List<String> services;
    private final Consumer<Run> raiseMetadata;

    /** {@code raiseMetadata} starts the metadata store where it does not run. */
    public StopForUndo(RunJournal journal, StoppedServices ledger, List<String> services, Consumer<Run> raiseMetadata) {
        this.journal = journal;
        this.ledger = ledger;
        this.services = List.copyOf(services);
        this.raiseMetadata = raiseMetadata;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.SERVICES_STOPPED);
    }

    @Override
    public UndoRun run(UndoRun undo) {
        UndoRun done = stop(undo);
        LOG.info("stopped what {} needs down to be undone", done.undone().id());
        return done;
    }

    private UndoRun stop(UndoRun undo) {
        raiseMetadata.accept(undo.run());
        boolean beside = undo.undone().request().choice().ofDatasources();
        if (!journal.position(undo.run().id()).passed(Milestone.UNDONE)) {
            ledger.stopAllThere(undo.run().mark(), beside ? List.of() : services);
        }
        return undo;
    }
}
