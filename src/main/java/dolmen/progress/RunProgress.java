package dolmen.progress;

import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.runs.ProgressFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far the runs of this process are. A run and its steps belong to the thread on which the run began, so that two runs at a time (a
 * verification beside a backup) are kept apart. A step is handed its meter, by which other threads count for it, too.
 */
public final class RunProgress {
    private final ProgressFile file;
    private final Clock clock;
    private final Display display;
    private final Duration pause;
    private final ThreadLocal<ShownRun> here = new ThreadLocal<>();

    public RunProgress(Path state, Clock clock, Display display) {
        this(state, clock, display, Duration.ofMillis(500));
    }

    RunProgress(Path state, Clock clock, Display display, Duration pause) {
        this.file = new ProgressFile(state);
        this.clock = clock;
        this.display = display;
        this.pause = pause;
    }

    /** Executes a run; {@code holdsLock} tells whether {@code state/progress.json} is about this one. */
    public <T> T during(RunId run, boolean holdsLock, Supplier<T> action) {
        try (ShownRun shown =
                new ShownRun(run, clock, display, holdsLock ? Optional.of(file) : Optional.empty(), pause)) {
            here.set(shown);
            return action.get();
        } finally {
            here.remove();
        }
    }

    /**
     * The run on this thread begins an attempt at a step, which may lie within another one. Gives the meter of the attempt, on
     * which any thread may count; {@link Meter#NONE} where no run is on this thread.
     */
    public Meter beginStep(String step) {
        return run().map(run -> run.begin(step)).orElse(Meter.NONE);
    }

    /** That attempt has ended. */
    public void endStep(String step) {
        run().ifPresent(run -> run.end(step));
    }

    private Optional<ShownRun> run() {
        return Optional.ofNullable(here.get());
    }
}
