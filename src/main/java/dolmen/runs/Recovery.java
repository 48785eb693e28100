package dolmen.runs;

import dolmen.catalog.Catalog;
import dolmen.model.Operation;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a killed process left: programs, sessions and throw-away containers are ended before anything is judged, half restores are put back (verified ones stay),
 * half undos are finished, services that it had stopped are started, staging is removed, and its triggers get their reports. Only for the holder of the lock; repeatable.
 */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final RunJournal journal;
    private final Inbox inbox;
    private final Catalog catalog;
    private final Endings endings;
    private final Scratch scratch;
    private final Clock clock;

    public Recovery(RunJournal journal, Inbox inbox, Catalog catalog, Endings endings, Scratch scratch, Clock clock) {
        this.journal = journal;
        this.inbox = inbox;
        this.catalog = catalog;
        this.endings = endings;
        this.scratch = scratch;
        this.clock = clock;
    }

    /** Ends interrupted runs, each with its trigger. One line for each thing that was done. */
    public List<String> runs() {
        List<String> done = new ArrayList<>();
        List<Run> interrupted = journal.interrupted();
        if (interrupted.stream().anyMatch(run -> run.request().operation().needsStack())) {
            endings.endEarlierRuns().forEach(line -> done.add(tell(line)));
        }
        for (Run run : interrupted) {
            done.add(tell(end(run)));
        }
        tidy().forEach(label -> done.add(tell("removed the unfinished backup " + label)));
        return done;
    }

    /**
     * After every run: nothing that it stopped stays down, and nothing that ran for it alone stays up, unless it owes to
     * put something back; and neither a backup that gave up nor a scratch file takes room. Returns the labels of unfinished backups that it removed.
     */
    List<String> tidy() {
        endings.servicesAsBeforeBut(
                journal.interrupted().stream().map(Run::mark).collect(Collectors.toSet()));
        scratch.clear();
        return catalog.removeStaging();
    }

    private static String tell(String line) {
        LOG.warn("recovered: {}", line);
        return line;
    }

    private String end(Run run) {
        boolean restore = run.request().operation() == Operation.RESTORE;
        Remedy remedy = Remedies.of(run.request(), journal.position(run.id()), ending(run));
        switch (remedy) {
            case GO_ON -> {
                return finish(run);
            }
            case STANDS -> {
                if (restore) {
                    endings.keepSafetyCopy(run);
                }
            }
            case SERVICES_AS_BEFORE, TAKE_OUT, PUT_BACK -> {
                if (restore) {
                    endings.putBack(run);
                }
            }
        }
        boolean stands = remedy == Remedy.STANDS;
        journal.settle(run.id());
        if (journal.report(run.id()).isPresent()) {
            return run.id() + (stands ? ": it stands, and is at its end now" : ": everything is put back");
        }
        Report report = restore && stands ? restored(run) : interrupted(run, stands);
        conclude(report);
        return run.id() + ": " + report.summary();
    }

    private Ending ending(Run run) {
        if (journal.position(run.id()).turnedBack()) {
            return Ending.TURNED_BACK;
        }
        return journal.report(run.id()).isPresent() ? Ending.FAILED : Ending.KILLED;
    }

    private Report restored(Run run) {
        return Report.success(
                run,
                (run.request().options(RestoreOptions.class).noStart() ? "restored" : "restored and verified")
                        + "; the process ended before it could say so",
                List.of(),
                clock.instant());
    }

    private Report interrupted(Run run, boolean published) {
        return Report.failure(run, lastStep(run), why(run, published), clock.instant());
    }

    private static Failed why(Run run, boolean published) {
        if (run.request().operation() == Operation.RESTORE) {
            return new Failed(
                    "interrupted: the process ended; everything was put back",
                    "Begin it again when the cause is known.");
        }
        return published
                ? new Failed(
                        "interrupted: the process ended; the backup was published before",
                        "`dolmen list` shows it; `dolmen upload` goes on with an upload, `dolmen copy` with a copy.")
                : new Failed("interrupted: the process ended", "Begin it again when the cause is known.");
    }

    private void conclude(Report report) {
        journal.end(report);
        report.run()
                .request()
                .trigger()
                .filter(trigger -> inbox.taken().contains(trigger))
                .ifPresent(trigger -> inbox.finish(trigger, report));
    }

    /** An undo that has changed something goes on to its end: there is no way back from half of it. */
    private String finish(Run run) {
        Report report = endings.goOn(run);
        if (!report.succeeded()) {
            throw new Failed(
                    "could not finish " + run.id() + ": " + report.summary(),
                    report.hint().orElse("See the log.") + " Then run `dolmen recover`.");
        }
        conclude(report);
        return run.id() + ": finished, " + report.summary();
    }

    /**
     * Ends what ended processes left in {@code inbox/running}, or puts it back to be taken again. Only for the process
     * that takes from the inbox, before it does. A trigger of an interrupted run that could not be ended yet stays: it
     * ends with that run.
     */
    public void triggers() {
        List<String> unended = journal.interrupted().stream()
                .flatMap(run -> run.request().trigger().stream())
                .toList();
        inbox.taken().stream()
                .filter(trigger -> !unended.contains(trigger))
                .forEach(trigger -> tell(endTrigger(trigger)));
    }

    private String endTrigger(String trigger) {
        return journal.reports().stream()
                .filter(report ->
                        report.run().request().trigger().filter(trigger::equals).isPresent())
                .findFirst()
                .map(report -> {
                    inbox.finish(trigger, report);
                    return "trigger " + trigger + " ended: " + report.summary();
                })
                .orElseGet(() -> {
                    inbox.putBack(trigger);
                    return "trigger " + trigger + " had not begun and is taken again";
                });
    }

    private String lastStep(Run run) {
        List<StepRecord> steps = journal.steps(run.id());
        return steps.isEmpty() ? "" : steps.get(steps.size() - 1).step();
    }
}
