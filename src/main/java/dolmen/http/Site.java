package dolmen.http;

import dolmen.model.StepFailure;
import dolmen.notices.UnsentNotices;
import dolmen.runs.ProgressFile;
import dolmen.settings.Settings;
import dolmen.settings.Timetable;
import dolmen.settings.Timetable.Due;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each address answers: the page, {@code /health}, {@code /metrics} and the JSON API that feeds the page. */
public final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final Pattern RUN = Pattern.compile("/api/runs/([0-9a-z-]+)");
    private static final Pattern RETRY = Pattern.compile("/api/dead-letters/([0-9a-z-]+)/retry");
    private static final int SHOWN_RUNS = 20;
    private static final int SHOWN_TIMES = 4;

    private final AccessControl access;
    private final Records records;
    private final Retries retries;
    private final Metrics metrics;
    private final ProgressFile progress;
    private final UnsentNotices unsent;
    private final Timetable timetable;
    private final String version;
    private final Clock clock;
    private final Assets assets = new Assets();

    public Site(Settings settings, Retries retries, String version, Clock clock) {
        this.access = new AccessControl(settings.http());
        this.records = new Records(settings, clock);
        this.retries = retries;
        this.metrics = new Metrics(records, retries);
        this.progress = new ProgressFile(settings.paths().state());
        this.unsent = new UnsentNotices(settings, clock);
        this.timetable = settings.intake().timetable();
        this.version = version;
        this.clock = clock;
    }

    /** The answer to a request. Never throws: a failure is an answer with the status 500. */
    public PageResponse answer(PageRequest request) {
        try {
            return access.refuse(request).orElseGet(() -> request.reads() ? read(request.path()) : change(request));
        } catch (StepFailure failure) {
            return PageResponse.refusal(500, failure.getMessage(), failure.hint());
        } catch (RuntimeException bug) {
            LOG.error("could not answer {} {}", request.method(), request.path(), bug);
            return PageResponse.refusal(500, "unexpected failure, a bug of Dolmen's", "See its log, and report it.");
        }
    }

    private PageResponse read(String path) {
        return switch (path) {
            case "/health" -> health();
            case "/metrics" -> metrics.answer();
            case "/api/status" -> PageResponse.json(200, status());
            case "/api/backups" -> PageResponse.json(200, records.backups());
            case "/api/runs" ->
                PageResponse.json(
                        200,
                        records.reports().stream()
                                .limit(SHOWN_RUNS)
                                .map(report -> RunView.of(report).brief())
                                .toList());
            case "/api/dead-letters" -> PageResponse.json(200, retries.list());
            default -> run(path).or(() -> assets.find(path)).orElseGet(Site::nothingThere);
        };
    }

    private PageResponse change(PageRequest request) {
        Matcher retry = RETRY.matcher(request.path());
        if (!request.method().equals("POST") || !retry.matches()) {
            return PageResponse.refusal(405, "nothing here takes " + request.method(), "Look at it with GET.");
        }
        return retries.request(retry.group(1));
    }

    private Optional<PageResponse> run(String path) {
        Matcher run = RUN.matcher(path);
        return run.matches() ? records.run(run.group(1)).map(found -> PageResponse.json(200, found)) : Optional.empty();
    }

    private PageResponse health() {
        Status.Fresh fresh = records.fresh();
        boolean stale = fresh.fresh().equals(Optional.of(false));
        return PageResponse.json(stale ? 503 : 200, Map.of("up", true, "backup", fresh));
    }

    private Status status() {
        Optional<RunView> running = records.running();
        return new Status(
                version,
                clock.instant(),
                running,
                running.flatMap(run -> progress.running(clock.instant())
                        .filter(known -> known.run().equals(run.id()))),
                records.interrupted(),
                unsent.lines(),
                records.fresh(),
                next(),
                Integer.toHexString((records.stamp() + retries.list()).hashCode()));
    }

    /** When the next scheduled backups begin. */
    private List<Due> next() {
        List<Due> times = new ArrayList<>();
        Instant after = clock.instant();
        while (times.size() < SHOWN_TIMES) {
            Optional<Due> due = timetable.next(after);
            if (due.isEmpty()) {
                break;
            }
            times.add(due.get());
            after = due.get().time();
        }
        return times;
    }

    private static PageResponse nothingThere() {
        return PageResponse.refusal(404, "there is nothing here", "The page is at /.");
    }
}
