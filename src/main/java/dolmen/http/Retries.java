package dolmen.http;

import dolmen.model.DeadLetter;
import dolmen.model.Operation;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunLock;
import dolmen.settings.PathSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead letters, and their repetition by this process: a request only puts one into a queue, from which they are repeated one at a time. */
public final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final DeadLetters letters;
    private final PathSettings paths;
    private final Function<RunRequest, Report> runner;
    private final Consumer<RunId> queue;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Map<RunId, String> outcomes = new ConcurrentHashMap<>();

    /** A dead letter as the page shows it, with how its last repetition in this process ended. */
    public record Letter(
            RunId run,
            Optional<Operation> operation,
            Optional<String> step,
            int attempts,
            String failure,
            String hint,
            Optional<String> retried) {}

    /** {@code runner} executes a run; whoever takes a run from the {@code queue} calls {@link #carryOut} with it. */
    public Retries(PathSettings paths, Function<RunRequest, Report> runner, Consumer<RunId> queue) {
        this.letters = new DeadLetters(paths.deadLetters());
        this.paths = paths;
        this.runner = runner;
        this.queue = queue;
    }

    /** The dead letters, newest first. */
    List<Letter> list() {
        return letters.list().stream()
                .map(this::letter)
                .sorted(Comparator.comparing(Letter::run).reversed())
                .toList();
    }

    int count() {
        return letters.list().size();
    }

    /** Queues the repetition of the run of this id: 202; 404 when it has no dead letter, 409 while another run goes on. */
    PageResponse request(String id) {
        Optional<RunId> known = RunId.read(id).filter(letters.list()::contains);
        if (known.isEmpty()) {
            return PageResponse.refusal(
                    404, "there is no dead letter of a run '" + id + "'", "It may have been repeated.");
        }
        RunId run = known.get();
        Optional<String> holder = RunLock.holderOf(paths.state());
        if (holder.isPresent() || !busy.compareAndSet(false, true)) {
            return PageResponse.refusal(
                    409,
                    "another run is going on" + holder.map(name -> ": " + name).orElse(""),
                    "Wait until it has ended.");
        }
        outcomes.put(run, "it is repeated now");
        try {
            queue.accept(run);
        } catch (RuntimeException refused) {
            outcomes.remove(run);
            busy.set(false);
            throw refused;
        }
        return PageResponse.json(202, Map.of("run", run));
    }

    /** Repeats the run; its dead letter goes when it succeeds, or gives up and so leaves a newer one. */
    public void carryOut(RunId run) {
        try {
            Run given = letters.find(run).run();
            Report report = runner.apply(given.request().retried());
            LOG.info("repeated {} as {}: {}, {}", run, report.run().id(), report.outcome(), report.summary());
            outcomes.put(run, report.outcome() + ": " + report.summary());
            if (letters.settle(given, report).contains(run)) {
                outcomes.remove(run);
            }
        } catch (StepFailure failure) {
            LOG.error("could not repeat {}: {} HINT: {}", run, failure.getMessage(), failure.hint());
            outcomes.put(run, failure.getMessage());
        } catch (RuntimeException bug) {
            outcomes.put(
                    run,
                    "it broke unexpectedly, a bug of Dolmen's: "
                            + bug.getClass().getSimpleName());
            throw bug;
        } finally {
            busy.set(false);
        }
    }

    private Letter letter(RunId run) {
        Optional<String> retried = Optional.ofNullable(outcomes.get(run));
        try {
            DeadLetter letter = letters.find(run);
            return new Letter(
                    run,
                    Optional.of(letter.run().request().operation()),
                    letter.step(),
                    letter.attempts(),
                    letter.failure(),
                    letter.hint(),
                    retried);
        } catch (StepFailure unreadable) {
            return new Letter(
                    run, Optional.empty(), Optional.empty(), 0, unreadable.getMessage(), unreadable.hint(), retried);
        }
    }
}
