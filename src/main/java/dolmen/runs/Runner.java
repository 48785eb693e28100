package dolmen.runs;

import dolmen.catalog.ReadLock;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Locked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes one run: takes its lock, opens the journal, sends the run to the route of its operation, and ends the journal
 * with the report that comes back. Never throws: what goes wrong is in the report.
 */
public final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration LOCK_POLL = Duration.ofMillis(500);

    private final RunCall routes;
    private final RunJournal journal;
    private final Recovery recovery;
    private final Path state;
    private final Duration lockLimit;
    private final Clock clock;

    public Runner(RunCall routes, RunJournal journal, Recovery recovery, Path state, Duration lockLimit, Clock clock) {
        this.routes = routes;
        this.journal = journal;
        this.recovery = recovery;
        this.state = state;
        this.lockLimit = lockLimit;
        this.clock = clock;
    }

    /**
     * Runs what is asked; a trigger waits for a run that is going on, everything else is refused meanwhile. Whatever is
     * thrown, an {@link Error} too, ends this run alone: the schedules and triggers of this process go on.
     */
    public Report run(RunRequest request) {
        try {
            return request.operation().readsOnly() ? read(request) : change(request);
        } catch (Throwable bug) {
            LOG.error("{} ended unexpectedly", request.operation().word(), bug);
            return kept(request, "", bug);
        }
    }

    /** A folder outside of the catalog is never pruned, and may be read where there is no state folder at all. */
    private Report read(RunRequest request) {
        boolean outside = request.backup().from().isPresent();
        if (outside && !Files.isWritable(state)) {
            return routes.send(Run.begin(request, clock.instant()), false);
        }
        try (ReadLock held = outside ? Scratch.use(state) : take(request, () -> ReadLock.share(state))) {
            LOG.debug("holding {}", held);
            return routes.send(Run.begin(request, clock.instant()), false);
        } catch (StepFailure failure) {
            return refused(request, failure);
        }
    }

    private Report change(RunRequest request) {
        String holder = request.operation().word() + " since " + clock.instant() + ", process "
                + ProcessHandle.current().pid();
        try (RunLock held = take(request, () -> RunLock.take(state, holder))) {
            LOG.debug("holding {}", held);
            recover(request.operation());
            Run run = journal.begin(request);
            LOG.info("began {}", run.id());
            Report report = journal.end(sent(run));
            tidy();
            return report;
        } catch (StepFailure failure) {
            return refused(request, failure);
        }
    }

    /** What is about backups alone does not wait for a stack in which earlier runs cannot be ended now. */
    private void recover(Operation next) {
        try {
            recovery.runs();
        } catch (StepFailure notNow) {
            if (next.needsStack()) {
                throw notNow;
            }
            LOG.warn("could not end earlier runs, a later run will: {} HINT: {}", notNow.getMessage(), notNow.hint());
        }
    }

    /** A restore that ends by an {@link Error} owes to put back what it changed: recovery does that before the next run. */
    private Report sent(Run run) {
        try {
            return routes.send(run, true);
        } catch (Throwable bug) {
            LOG.error("{} ended unexpectedly", run.id(), bug);
            if (run.request().operation() == Operation.RESTORE || run.request().operation() == Operation.UNDO) {
                journal.owe(run.id());
            }
            return Report.failure(run, "", bug, clock.instant());
        }
    }

    /** Keeps the report of a run that nobody waits for and that does not begin, for this reason. */
    public void leaveOut(RunRequest request, StepFailure why) {
        refused(request, why);
    }

    private Report refused(RunRequest request, StepFailure why) {
        Report report = kept(request, "take-lock", why);
        LOG.error("{} did not begin: {} HINT: {}", report.run().id(), report.summary(), why.hint());
        return report;
    }

    /** At a command line somebody reads it; what nobody watches is looked up later. */
    private Report kept(RunRequest request, String step, Throwable why) {
        boolean unwatched = request.origin() == Origin.SCHEDULE || request.origin() == Origin.TRIGGER;
        return unwatched
                ? journal.refuse(request, step, why)
                : Report.failure(Run.begin(request, clock.instant()), step, why, clock.instant());
    }

    /** The run has its report by now; what cannot be tidied up here is tried again before the next one. */
    private void tidy() {
        try {
            recovery.tidy();
        } catch (StepFailure later) {
            LOG.warn("could not tidy up, the next run will: {} HINT: {}", later.getMessage(), later.hint());
        }
    }

    private <T> T take(RunRequest request, Supplier<T> lock) {
        Instant limit = clock.instant().plus(request.origin() == Origin.TRIGGER ? lockLimit : Duration.ofSeconds(1));
        while (true) {
            try {
                return lock.get();
            } catch (Locked taken) {
                if (clock.instant().isAfter(limit)) {
                    throw taken;
                }
                LockSupport.parkNanos(LOCK_POLL.toNanos());
            }
        }
    }
}
