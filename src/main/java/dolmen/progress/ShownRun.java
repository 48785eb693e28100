package dolmen.progress;

import dolmen.model.Meter;
import dolmen.model.ProgressState;
import dolmen.model.RunId;
import dolmen.model.StepFailure;
import dolmen.runs.ProgressFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the progress of one run by a thread of its own until it is closed. Every second time it also writes it to the file. */
final class ShownRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShownRun.class);

    private final RunId run;
    private final Clock clock;
    private final Display display;
    private final Deque<StepMeter> open = new ArrayDeque<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dolmen-progress");
        thread.setDaemon(true);
        return thread;
    });
    private final Optional<ProgressFile> file;
    private Speed speed = new Speed();
    private boolean written;
    private boolean unwritable;
    private boolean closed;

    ShownRun(RunId run, Clock clock, Display display, Optional<ProgressFile> file, Duration pause) {
        this.run = run;
        this.clock = clock;
        this.display = display;
        this.file = file;
        ticker.scheduleWithFixedDelay(this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized Meter begin(String step) {
        StepMeter meter = new StepMeter(step, clock.instant());
        open.push(meter);
        speed = new Speed();
        return meter;
    }

    synchronized void end(String step) {
        while (!open.isEmpty() && !open.pop().step().equals(step)) {
            LOG.debug("an inner step of {} did not say that it ended", step);
        }
        speed = new Speed();
        display.clear();
    }

    /** The executor ends what it repeats, without a word, when it throws. */
    private void look() {
        try {
            showAndWrite();
        } catch (RuntimeException bug) {
            LOG.error("the progress of {} is not shown any more", run, bug);
            throw bug;
        }
    }

    private synchronized void showAndWrite() {
        if (closed || open.isEmpty()) {
            return;
        }
        StepMeter step = open.peek();
        long done = step.done();
        OptionalLong total = step.total(done);
        Instant now = clock.instant();
        speed.at(System.nanoTime(), done);
        display.show(StepProgress.of(step.step(), done, total, speed, elapsed(step, now)));
        written = !written;
        if (written && !unwritable) {
            file.ifPresent(open -> write(open, step, done, total, now));
        }
    }

    private static Duration elapsed(StepMeter step, Instant now) {
        Duration elapsed = Duration.between(step.since(), now);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    /** A run does not fail because nobody can see how far it is. */
    private void write(ProgressFile target, StepMeter step, long done, OptionalLong total, Instant now) {
        try {
            target.write(new ProgressState(
                    run, step.step(), done, total.stream().boxed().findFirst(), step.since(), now));
        } catch (StepFailure refused) {
            LOG.warn("{} HINT: {}", refused.getMessage(), refused.hint());
            unwritable = true;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticker.shutdown();
        display.clear();
        try {
            file.ifPresent(ProgressFile::remove);
        } catch (StepFailure refused) {
            LOG.warn("{} HINT: {}", refused.getMessage(), refused.hint());
        }
    }
}
