package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.Json;
import dolmen.model.Newer;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure;
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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What each run is about to do, written and synced before it does it, in {@code state/runs/<run>/}:
 * {@code run.json} (what was asked), {@code steps.json} (every attempt at every step) and, once it has ended,
 * {@code report.json} with {@code report.txt}. A run without a report was interrupted.
 */
public final class RunJournal {
    private static final int LARGEST = 64 << 20;
    private static final String RUN = "run.json";
    private static final String STEPS = "steps.json";
    private static final String REPORT = "report.json";
    private static final String OWED = "owed";

    private final Path runs;
    private final Clock clock;
    private final Consumer<Report> ended;

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

    /** Keeps the report of a run that was refused before it began, and that nobody waits for. Returns it. */
    public Report refuse(RunRequest request, String step, StepFailure why) {
        Run run = claim(request);
        return end(Report.failure(run, step, why, clock.instant()));
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

    /** Writes down that a step of the run is about to begin. */
    public synchronized void beginStep(String run, String step) {
        List<StepRecord> steps = new ArrayList<>(steps(run));
        steps.add(new StepRecord(step, clock.instant(), Optional.empty(), Optional.empty()));
        write(folder(run).resolve(STEPS), steps);
    }

    /** Writes down that the latest attempt at this step has ended. */
    public synchronized void endStep(String run, String step, Optional<String> failure) {
        List<StepRecord> steps = new ArrayList<>(steps(run));
        for (int index = steps.size() - 1; index >= 0; index--) {
            StepRecord open = steps.get(index);
            if (open.step().equals(step) && open.ended().isEmpty()) {
                steps.set(index, new StepRecord(step, open.begun(), Optional.of(clock.instant()), failure));
                write(folder(run).resolve(STEPS), steps);
                return;
            }
        }
    }

    /** Ends the run: from now on it is not interrupted. Returns the report with the run's steps. */
    public Report end(Report report) {
        Report whole = report.with(steps(report.run().id()));
        Path folder = SafeFiles.folder(folder(report.run().id()));
        SafeFiles.write(folder.resolve("report.txt"), ReportText.of(whole).getBytes(StandardCharsets.UTF_8));
        write(folder.resolve(REPORT), whole);
        ended.accept(whole);
        return whole;
    }

    /** The attempts at steps so far, oldest first. */
    public List<StepRecord> steps(String run) {
        Path file = folder(run).resolve(STEPS);
        return Files.exists(file) ? List.of(read(file, StepRecord[].class)) : List.of();
    }

    /** Whether the run has begun this step, however that ended. */
    public boolean begun(String run, String step) {
        return steps(run).stream().anyMatch(record -> record.step().equals(step));
    }

    /** What a run was asked, if it was ever begun. */
    public Optional<Run> run(String id) {
        Path file = folder(id).resolve(RUN);
        return id.matches("[0-9a-z-]+") && Files.exists(file) ? Optional.of(read(file, Run.class)) : Optional.empty();
    }

    /** Writes down that the run has something to put back. */
    public void owe(String run) {
        SafeFiles.write(folder(run).resolve(OWED), new byte[0]);
    }

    /** Everything of the run was put back. */
    public void settle(String run) {
        SafeFiles.remove(folder(run).resolve(OWED));
    }

    /** The runs that were begun and have no report, or that still owe to put something back; oldest first. */
    public List<Run> interrupted() {
        return SafeFiles.list(runs).stream()
                .filter(folder -> Files.exists(folder.resolve(RUN)))
                .filter(folder -> !Files.exists(folder.resolve(REPORT)) || Files.exists(folder.resolve(OWED)))
                .map(folder -> read(folder.resolve(RUN), Run.class))
                .toList();
    }

    /** The report of a run, if it has ended. */
    public Optional<Report> report(String run) {
        Path file = folder(run).resolve(REPORT);
        return Files.exists(file) ? Optional.of(read(file, Report.class)) : Optional.empty();
    }

    /** The ids of all runs, oldest first. */
    public List<String> ids() {
        return SafeFiles.list(runs).stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /** The reports of all ended runs, oldest first. */
    public List<Report> reports() {
        return ids().stream().map(this::report).flatMap(Optional::stream).toList();
    }

    private Path folder(String run) {
        return runs.resolve(run);
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
                            + Newer.in(unreadable).map(why -> ": " + why).orElse(""),
                    Newer.in(unreadable).isPresent() ? Newer.HINT : "Move the folder away if it is damaged.",
                    unreadable);
        }
    }
}
