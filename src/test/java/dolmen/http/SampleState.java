package dolmen.http;

import dolmen.catalog.Catalog;
import dolmen.model.DeadLetter;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The files of a Dolmen that has run for some nights, as its runs write them. */
public final class SampleState {
    private static final List<String> STEPS = List.of(
            "begin-backup",
            "dump-metadata",
            "archive-segments",
            "match-segments",
            "read-back-backup",
            "publish-backup");

    private final Path home;
    private final Properties settings = new Properties();
    private final Catalog catalog;
    final DeadLetters letters;

    public SampleState(Path home) throws IOException {
        this.home = home;
        this.catalog = new Catalog(home.resolve("backup"));
        this.letters = new DeadLetters(home.resolve("dead-letter"));
        with("dolmen.catalog.path", home.resolve("backup").toString());
        with("dolmen.inbox.path", home.resolve("inbox").toString());
        with("dolmen.dead-letter.path", home.resolve("dead-letter").toString());
        with("dolmen.state.path", home.resolve("state").toString());
        with("dolmen.stack.kind", "local");
        with("dolmen.metabase.kind", "none");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            with("dolmen.http.port", "" + free.getLocalPort());
        }
    }

    public SampleState with(String key, String value) {
        settings.setProperty(key, value);
        return this;
    }

    public Settings settings() {
        Properties needed = new Properties();
        needed.putAll(settings);
        needed.putIfAbsent("dolmen.stack.stop-command", "true");
        needed.putIfAbsent("dolmen.stack.start-command", "true");
        needed.putIfAbsent("dolmen.stack.running-command", "true");
        needed.putIfAbsent("dolmen.metadata.host", "127.0.0.1");
        needed.putIfAbsent("dolmen.metadata.port", "9");
        needed.putIfAbsent("dolmen.metadata.user", "druid");
        needed.putIfAbsent("dolmen.druid.url", "http://127.0.0.1:9");
        return Settings.from(new SettingsSource(needed, Map.of(), new Properties()));
    }

    public String address() {
        return "http://127.0.0.1:" + settings.getProperty("dolmen.http.port");
    }

    Path state() {
        return home.resolve("state");
    }

    /** Nights up to so long ago: a full backup each week, incremental ones between, each with its run. */
    SampleState nights(int count, Duration ago) throws IOException {
        Instant last = Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS);
        for (int night = count - 1; night >= 0; night--) {
            Instant begin = last.minus(Duration.ofDays(night));
            Kind kind = night % 7 == 6 || night == count - 1 ? Kind.FULL : Kind.INCREMENTAL;
            long size = 18_400_000_000L + (count - night) * 420_000_000L;
            long fresh = kind == Kind.FULL ? size : 260_000_000L + night * 37 % 11 * 41_000_000L;
            backup(begin, kind, size, fresh);
        }
        return this;
    }

    private void backup(Instant begin, Kind kind, long size, long fresh) throws IOException {
        Label label = Label.at(begin);
        Duration took = Duration.ofSeconds(20 + fresh / 160_000_000);
        Path staging = catalog.stage(begin);
        catalog.write(staging, SampleManifest.of(label, kind, begin, begin.plus(took), size, fresh));
        catalog.publish(staging);
        RunRequest request = new RunRequest(Operation.BACKUP, Origin.SCHEDULE, new BackupOptions(kind));
        Run run = walk(request, begin, took.dividedBy(STEPS.size()), STEPS);
        Instant end = begin.plus(took);
        journal(end)
                .end(Report.success(
                        run,
                        "published backup " + label + ", verified",
                        List.of(
                                "druid_shared.tar: " + fresh + " bytes",
                                "segments: 1204 used, all held, read by mount"),
                        end));
    }

    /** A nightly backup that gave up, with its dead letter. Returns its id. */
    public String failure(String message, String hint) {
        Instant begin = Instant.now().minus(Duration.ofHours(3));
        RunRequest request = new RunRequest(Operation.BACKUP, Origin.SCHEDULE, new BackupOptions(Kind.INCREMENTAL));
        Run run = walk(request, begin, Duration.ofSeconds(2), List.of("begin-backup"));
        RunJournal journal = journal(begin.plusSeconds(4));
        for (int attempt = 0; attempt < 4; attempt++) {
            journal.beginStep(run.id(), "dump-metadata", Optional.empty());
            journal(begin.plusSeconds(8 + attempt)).endStep(run.id(), "dump-metadata", Optional.of(message));
        }
        Failed failure = new Failed(message, hint);
        journal.end(Report.failure(run, "dump-metadata", failure, begin.plusSeconds(31)));
        letters.keep(new DeadLetter(run, Optional.of("dump-metadata"), 4, message, hint, Map.of()));
        return run.id().text();
    }

    /** A backup that is archiving segments now; the caller holds the lock. */
    Run running(long done, Optional<Long> total) throws IOException {
        Instant begin = Instant.now().minusSeconds(95);
        RunRequest request = new RunRequest(Operation.BACKUP, Origin.SCHEDULE, new BackupOptions(Kind.FULL));
        Run run = walk(request, begin, Duration.ofSeconds(3), STEPS.subList(0, 2));
        journal(begin.plusSeconds(9)).beginStep(run.id(), STEPS.get(2), Optional.empty());
        Files.writeString(
                state().resolve("progress.json"),
                "{\"run\":\"" + run.id() + "\",\"step\":\"archive-segments\",\"bytesDone\":" + done + ",\"bytesTotal\":"
                        + total.map(String::valueOf).orElse("null") + ",\"since\":\"" + begin.plusSeconds(9)
                        + "\",\"at\":\"" + Instant.now() + "\"}");
        return run;
    }

    private Run walk(RunRequest request, Instant begin, Duration each, List<String> steps) {
        Run run = journal(begin).begin(request);
        Instant now = begin;
        for (String step : steps) {
            journal(now).beginStep(run.id(), step, Optional.empty());
            now = now.plus(each);
            journal(now).endStep(run.id(), step, Optional.empty());
        }
        return run;
    }

    RunJournal journal(Instant now) {
        return new RunJournal(state(), Clock.fixed(now, ZoneOffset.UTC));
    }
}
