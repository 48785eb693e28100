package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.archive.Tool;
import dolmen.bench.GeneratedStack;
import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.storage.CutAfter;
import dolmen.storage.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with {@code dolmen.storage.stage=none}: a real database, a real server of S3's protocol, the real routes. */
@Timeout(300)
class BucketAloneTest {
    private static final int SEGMENTS = 1500;

    @TempDir
    Path home;

    private GeneratedStack generated;
    private S3Server server;

    @BeforeEach
    void a_stack_and_a_bucket() throws Exception {
        generated = new GeneratedStack(home);
        generated.grow(SEGMENTS);
        server = new S3Server(home.resolve("s3"));
    }

    @AfterEach
    void ends() {
        server.close();
        generated.close();
    }

    @Test
    void full_and_incremental_backups_lie_in_the_bucket_alone_and_are_whole_there() throws Exception {
        try (Application dolmen = application(server.endpoint())) {
            Report full = succeed(dolmen, backup(Kind.FULL));
            assertThat(full.details()).anyMatch(line -> line.contains("lies in s3://backups/stack alone"));
            Report same = succeed(dolmen, backup(Kind.INCREMENTAL));
            assertThat(same.details()).anyMatch(line -> line.startsWith("incremental: 0 files"));
            generated.grow(SEGMENTS + 7);
            Report more = succeed(dolmen, backup(Kind.INCREMENTAL));
            assertThat(more.details()).anyMatch(line -> line.startsWith("incremental: 7 files"));

            Report verified = succeed(dolmen, RunRequest.of(Operation.VERIFY_REMOTE, Origin.COMMAND));
            assertThat(verified.summary()).contains("whole, nothing missing");
        }
        assertThat(Tool.ok(home, "find catalog -type f")).isEmpty();
        assertThat(Tool.ok(home, "ls s3/backups/stack | wc -l")).isEqualTo("3\n");
        assertThat(Tool.ok(home, "ls -A state/scratch 2>/dev/null; true")).isEmpty();
    }

    @Test
    void an_upload_that_breaks_off_is_repeated_from_the_step() throws Exception {
        try (CutAfter cut = new CutAfter(server.endpoint(), 1 << 20);
                Application dolmen = application(cut.address())) {
            Thread repair = new Thread(() -> {
                while (!journal().contains("cannot store")) {
                    LockSupport.parkNanos(50_000_000);
                }
                cut.mend();
            });
            repair.start();
            Report report = succeed(dolmen, backup(Kind.FULL));
            repair.join();
            assertThat(report.steps().stream()
                            .filter(step -> step.step().equals("archive-segments"))
                            .count())
                    .isGreaterThan(1);
            succeed(dolmen, RunRequest.of(Operation.VERIFY_REMOTE, Origin.COMMAND));
        }
    }

    private String journal() {
        try {
            return Tool.ok(home, "cat state/runs/*/steps.json 2>/dev/null; true");
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static RunRequest backup(Kind kind) {
        return Requests.backup(kind);
    }

    private static Report succeed(Application dolmen, RunRequest request) {
        Report report = dolmen.run(request);
        assertThat(report.succeeded())
                .as("%s %s", report.summary(), report.hint())
                .isTrue();
        return report;
    }

    private Application application(URI endpoint) {
        Properties properties = new Properties();
        properties.putAll(generated.stack.properties());
        properties.putAll(Map.of(
                "dolmen.druid.url",
                generated.druidUrl(),
                "dolmen.druid.call-limit",
                "30s",
                "dolmen.retry.attempts",
                "5",
                "dolmen.retry.delay",
                "1s",
                "dolmen.storage.stage",
                "none",
                "dolmen.storage.bucket",
                S3Server.BUCKET,
                "dolmen.storage.prefix",
                "stack",
                "dolmen.storage.endpoint",
                endpoint.toString(),
                "dolmen.storage.access-key",
                S3Server.ACCESS_KEY,
                "dolmen.storage.secret-key",
                S3Server.SECRET_KEY));
        Application dolmen =
                new Application(Settings.from(new SettingsSource(properties, Map.of(), new Properties())), Map.of());
        dolmen.start();
        return dolmen;
    }
}
