package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.Run;
import dolmen.model.Step;
import dolmen.model.StepFailure.Failed;
import dolmen.runs.Ending;
import dolmen.runs.Remedies;
import dolmen.runs.Remedy;
import dolmen.runs.RunJournal;
import dolmen.stack.StackServices;
import dolmen.stack.StartedServices;
import dolmen.stack.StoppedServices;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rolls a restore back from wherever it stopped: stops services, gives everything its old name, removes what was unpacked, and starts
 * the services that ran before. Every part finds out by itself how far the restore came, and is tried even when another one fails. No
 * service is started on a stack that is only partly put back.
 */
public final class PutBackRestore implements Step<Run, Run> {
    private static final Logger LOG = LoggerFactory.getLogger(PutBackRestore.class);

    private final RunJournal journal;
    private final StoppedServices ledger;
    private final StartedServices started;
    private final StackServices services;
    private final List<Consumer<Run>> undo;

    /** {@code undo} are the parts that give everything its old name and remove what was brought, in the order in which they are called. */
    public PutBackRestore(
            RunJournal journal,
            StoppedServices ledger,
            StartedServices started,
            StackServices services,
            List<Consumer<Run>> undo) {
        this.journal = journal;
        this.ledger = ledger;
        this.started = started;
        this.services = services;
        this.undo = List.copyOf(undo);
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.TURNED_BACK);
    }

    @Override
    public Run run(Run run) {
        Run done = putBack(run);
        LOG.info("put back what {} had changed", done.id());
        return done;
    }

    private Run putBack(Run run) {
        Failed failed = new Failed(
                "could not put everything back",
                "Mend the cause and run `dolmen recover`; what the restore replaced is still there, and no service is"
                        + " started on a stack that is half of it.");
        Remedy remedy = Remedies.of(run.request(), journal.position(run.id()), Ending.TURNED_BACK);
        boolean swapped = remedy == Remedy.PUT_BACK;
        attempt(failed, () -> started.stopAllBut(run.mark(), services.metadata()));
        if (swapped) {
            attempt(failed, () -> ledger.stopAllThere(run.mark(), services.druid()));
        }
        if (failed.getSuppressed().length == 0 && remedy != Remedy.SERVICES_AS_BEFORE) {
            undo.forEach(each -> attempt(failed, () -> each.accept(run)));
        }
        if (failed.getSuppressed().length == 0 || !swapped) {
            attempt(failed, () -> ledger.startAll(run.mark()));
        }
        if (failed.getSuppressed().length == 0) {
            attempt(failed, () -> started.stopAll(run.mark()));
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
        return run;
    }

    private static void attempt(Failed failed, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException failure) {
            LOG.error("could not put back a part: {}", failure.getMessage(), failure);
            failed.addSuppressed(failure);
        }
    }
}
