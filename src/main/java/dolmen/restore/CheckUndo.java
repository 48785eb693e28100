package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.RunOptions.UndoOptions;
import dolmen.model.Step;
import dolmen.model.StepFailure.Refused;
import dolmen.model.StepFailure.Unusable;
import dolmen.model.UndoRun;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the restore that is to be undone: only the newest one can be, while all that it replaced is still there. */
public final class CheckUndo implements Step<Run, UndoRun> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckUndo.class);

    private final RunJournal journal;
    private final SafetyCopies copies;
    private final Consumer<Run> raiseMetadata;
    private final Consumer<Run> requireWhole;
    private final Function<Run, Losses> losses;
    private final LateLosses late;

    /**
     * {@code raiseMetadata} starts the metadata store where it does not run, and waits for it; {@code requireWhole} throws
     * {@code Refused} when a part of a safety copy is missing; {@code losses} says what an undo would lose; {@code late} notes what is
     * known of that now, so that later losses can be told from it.
     */
    public CheckUndo(
            RunJournal journal,
            SafetyCopies copies,
            Consumer<Run> raiseMetadata,
            Consumer<Run> requireWhole,
            Function<Run, Losses> losses,
            LateLosses late) {
        this.journal = journal;
        this.copies = copies;
        this.raiseMetadata = raiseMetadata;
        this.requireWhole = requireWhole;
        this.losses = losses;
        this.late = late;
    }

    @Override
    public UndoRun run(Run run) {
        UndoRun done = check(run);
        LOG.info("undoing {}", done.undone().id());
        return done;
    }

    private UndoRun check(Run run) {
        UndoOptions options = run.request().options(UndoOptions.class);
        String asked = options.undo();
        Optional<Run> restore = RunId.read(asked).flatMap(journal::run);
        if (restore.isPresent() && journal.position(run.id()).passed(Milestone.SWAPPED_BACK)) {
            return UndoRun.begin(run, restore.get());
        }
        Optional<Report> earlier = journal.reports().stream()
                .filter(report -> report.succeeded() && undoes(report.run(), asked))
                .findFirst();
        if (earlier.isPresent()) {
            throw new Unusable(
                    "run " + asked + " was undone already, by "
                            + earlier.get().run().id(),
                    "Nothing is left to do.");
        }
        Run undone = restore.filter(known -> copies.list().contains(known.mark()))
                .orElseThrow(() -> new Unusable(
                        "there is no safety copy of a run '" + asked + "'",
                        copies.newest()
                                .map(mark -> "This one can be undone: " + mark + "-restore.")
                                .orElse("No restore can be undone.")));
        RunMark newest = copies.newest().orElseThrow();
        if (!undone.mark().equals(newest)) {
            throw new Refused(
                    "run " + asked + " is not the newest restore: undoing it would mix its data with later ones",
                    "Undo " + newest + "-restore first; nothing was changed.");
        }
        raiseMetadata.accept(run);
        requireWhole.accept(undone);
        Losses lost = losses.apply(undone);
        lost.requireConsent(
                options.consent(),
                "this undo would lose ",
                "What the restore brought is in its backup; back up what came since, or confirm by --yes."
                        + " Nothing was changed.");
        UndoRun undo = UndoRun.begin(run, undone);
        if (!lost.isEmpty()) {
            undo = undo.tell(List.of("lost, as confirmed: " + lost.words()));
        }
        return options.consent().confirmed() ? late.foresee(undo) : undo;
    }

    private static boolean undoes(Run run, String restore) {
        return run.request().options() instanceof UndoOptions options
                && options.undo().equals(restore);
    }
}
