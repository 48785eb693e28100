package dolmen.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.Json;
import dolmen.model.Milestone;
import dolmen.model.NewerFormat;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each run is about to do, written and synced before it does it, in {@code state/runs/<run>/}:
 * {@code run.json} (what was asked), {@code steps.json} (every attempt at every step) and, once it has ended,
 * {@code report.json} with {@code report.txt}. A run without a report was interrupted.
 */
public final class RunJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);
    private static final int LARGEST = 64 << 20;
    private static final String RUN = "run.json";
    private static final String STEPS = "steps.json";
    private static final String REPORT = "report.json";
    private static final String OWED = "owed";

    private final Path runs;
    private final Clock clock;
    private final Consumer<Report> ended;
    private final Map<RunId, Report> unkept = new ConcurrentHashMap<>();
    private final Set<RunId> owing = ConcurrentHashMap.newKeySet();

    public RunJournal(Path state, Clock clock) {
        this(state, clock, report -> {});
    }

    /** {@code ended} is handed each report, whole and kept, and must not throw. */
    public RunJournal(Path state, Clock clock, Consumer<Report> ended) {
        this.runs = state.resolve("runs");
        this.clock = clock;
        this.ended = ended;
    }

    /** Begins a run under an id that no other run has, nor one that another process was refused, and writes it down. */
    public Run begin(RunRequest request) {
        Run run = claim(request);
        begin(run);
        return run;
    }

    /** Keeps the report of a run that did not begin, or went wrong before its first step, and that nobody waits for. Returns it. */
    public Report refuse(RunRequest request, String step, Throwable why) {
        return end(Report.failure(claimIfPossible(request), step, why, clock.instant()));
    }

    /** A run that cannot be written down is told of all the same. */
    private Run claimIfPossible(RunRequest request) {
        try {
            return claim(request);
        } catch (Failed unwritable) {
            LOG.error("{} HINT: {}", unwritable.getMessage(), unwritable.hint());
            return Run.begin(request, clock.instant());
        }
    }

    private Run claim(RunRequest request) {
        SafeFiles.folder(runs);
        Instant now = clock.instant();
        while (true) {
            Run run = Run.begin(request, now);
            if (SafeFiles.claim(folder(run.id()))) {
                return run;
            }
            now = now.plusMillis(1);
        }
    }

    /** Writes down a run before its first step. */
    public void begin(Run run) {
        write(SafeFiles.folder(folder(run.id())).resolve(RUN), run);
    }

    /** Writes down that a step of the run is about to begin, and the milestone that it leads to. */
    public synchronized void beginStep(RunId run, String step, Optional<Milestone> milestone) {
        List<StepRecord> steps = new ArrayList<>(steps(run));
        steps.add(StepRecord.begin(step, clock.instant(), milestone));
        write(folder(run).resolve(STEPS), steps);
    }

    /** Writes down that the latest attempt at this step has ended. */
    public synchronized void endStep(RunId run, String step, Optional<String> failure) {
        List<StepRecord> steps = new ArrayList<>(steps(run));
        for (int index = steps.size() - 1; index >= 0; index--) {
            StepRecord open = steps.get(index);
            if (open.step().equals(step) && open.ended().isEmpty()) {
                steps.set(index, open.end(clock.instant(), failure));
                write(folder(run).resolve(STEPS), steps);
                return;
            }
        }
    }

    /**
     * Ends the run: from now on it is not interrupted. Returns the report with the run's steps. One that cannot be written
     * is told all the same, and written by the next run of this process.
     */
    public Report end(Report report) {
        Report whole = withSteps(report);
        try {
            keep(whole);
        } catch (Failed unwritable) {
            LOG.error("the report of {} is not kept yet: {}", whole.run().id(), unwritable.getMessage());
            whole = whole.and(List.of("warning: this report could not be kept: " + unwritable.getMessage()));
            unkept.put(whole.run().id(), whole);
        }
        ended.accept(whole);
        return whole;
    }

    private Report withSteps(Report report) {
        try {
            return report.with(steps(report.run().id()));
        } catch (Failed unreadable) {
            return report.and(List.of("warning: " + unreadable.getMessage()));
        }
    }

    private void keep(Report whole) {
        Path folder = SafeFiles.folder(folder(whole.run().id()));
        SafeFiles.write(folder.resolve("report.txt"), ReportText.of(whole).getBytes(StandardCharsets.UTF_8));
        write(folder.resolve(REPORT), whole);
        SafeFiles.removeUnfinished(folder, "");
    }

    /** Writes what this process could not write before; what still cannot be written waits, and holds nothing up. */
    private void keepLate() {
        try {
            for (RunId run : List.copyOf(unkept.keySet())) {
                if (owing.contains(run)) {
                    SafeFiles.write(folder(run).resolve(OWED), new byte[0]);
                }
                keep(unkept.get(run));
                unkept.remove(run);
            }
        } catch (Failed unwritable) {
            LOG.warn("a report is not kept yet: {} HINT: {}", unwritable.getMessage(), unwritable.hint());
        }
    }

    /** The attempts at steps so far, oldest first. */
    public List<StepRecord> steps(RunId run) {
        Path file = folder(run).resolve(STEPS);
        return Files.exists(file)
                ? Stream.of(read(file, StepRecord[].class))
                        .map(OlderJournals::read)
                        .toList()
                : List.of();
    }

    /** How far the run has come. */
    public RunPosition position(RunId run) {
        return RunPosition.of(steps(run));
    }

    /** What a run was asked, if it was ever begun. */
    public Optional<Run> run(RunId id) {
        Path file = folder(id).resolve(RUN);
        return Files.exists(file) ? Optional.of(read(file, Run.class)) : Optional.empty();
    }

    /** Writes down that the run has something to put back. */
    public void owe(RunId run) {
        owing.add(run);
        SafeFiles.write(folder(run).resolve(OWED), new byte[0]);
    }

    /** Everything of the run was put back. */
    public void settle(RunId run) {
        owing.remove(run);
        SafeFiles.remove(folder(run).resolve(OWED));
    }

    /** The runs that were begun and have no report, or that still owe to put something back; oldest first. */
    public List<Run> interrupted() {
        keepLate();
        return SafeFiles.list(runs).stream()
                .filter(folder -> Files.exists(folder.resolve(RUN)))
                .filter(folder -> !Files.exists(folder.resolve(REPORT)) || Files.exists(folder.resolve(OWED)))
                .map(folder -> read(folder.resolve(RUN), Run.class))
                .filter(run -> !unkept.containsKey(run.id()) || owing.contains(run.id()))
                .toList();
    }

    /** The report of a run, if it has ended. */
    public Optional<Report> report(RunId run) {
        Path file = folder(run).resolve(REPORT);
        return Files.exists(file) ? Optional.of(read(file, Report.class)) : Optional.empty();
    }

    /** The ids of all runs, oldest first. */
    public List<RunId> ids() {
        return SafeFiles.list(runs).stream()
                .flatMap(folder -> RunId.read(folder.getFileName().toString()).stream())
                .toList();
    }

    /** The reports of all ended runs, oldest first. */
    public List<Report> reports() {
        return ids().stream().map(this::report).flatMap(Optional::stream).toList();
    }

    private Path folder(RunId run) {
        return runs.resolve(run.text());
    }

    private static void write(Path file, Object content) {
        try {
            SafeFiles.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write " + file.getFileName() + " as JSON", impossible);
        }
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            T content = Json.MAPPER.readValue(SafeFiles.read(file, LARGEST), type);
            if (content == null) {
                throw new IOException("it holds nothing");
            }
            return content;
        } catch (IOException unreadable) {
            throw new Failed(
                    "cannot read the journal " + file
                            + NewerFormat.in(unreadable).map(why -> ": " + why).orElse(""),
                    NewerFormat.in(unreadable).isPresent()
                            ? NewerFormat.HINT
                            : "Move the folder away if it is damaged.",
                    unreadable);
        }
    }
}
