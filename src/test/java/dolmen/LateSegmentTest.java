package dolmen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dolmen.app.Application;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Artifact;
import dolmen.model.ExitCode;
import dolmen.model.Meter;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.RunRequest;
import dolmen.restore.PlainStack;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Dolmen on a stack that publishes a segment after the plan, while its services are stopped. */
@Tag("T8")
class LateSegmentTest {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    private PlainStack stack;
    private Path backup;
    private Application dolmen;

    @BeforeEach
    void a_stack_that_goes_on_until_its_last_service_has_stopped() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
        backup = Files.createDirectories(home.resolve("files"));
        stack.metadata.dump(backup.resolve(Artifact.METADATA_DUMP), warning -> {}, Meter.NONE);
        Tool.ok(home, "tar -C / -cf " + backup.resolve(Artifact.SEGMENT_ARCHIVE) + " ." + stack.shared);
        Properties properties = new Properties();
        properties.putAll(stack.properties());
        properties.put(
                "dolmen.stack.stop-command",
                "touch " + home + "/stopping; until test -e " + home + "/published; do sleep 0.1; done; touch " + home
                        + "/down/{service}");
        dolmen = new Application(Settings.from(new SettingsSource(properties, Map.of(), new Properties())), Map.of());
        dolmen.start();
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    @Test
    void t8_a_segment_that_was_published_since_the_plan_refuses_the_restore_and_stays() throws Exception {
        stack.sql(
                "UPDATE druid_segments SET used = false; DELETE FROM druid_supervisors; DELETE FROM druid_datasource");

        Report report = restoreWhileOneIsPublished(restore().request());

        assertThat(report.outcome()).as(report.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(report.failedStep()).contains("compare-losses");
        assertThat(report.summary()).contains("segment late-one");
        assertThat(stack.postgres.query(stack.database, "SELECT count(*) FROM druid_segments WHERE id = 'late-one'"))
                .contains("1");
        assertThat(Tool.ok(home, "ls down")).isBlank();
    }

    @Test
    void t8_a_confirmed_restore_goes_on_past_it() throws Exception {
        stack.sql(segment("known-one"));

        Report report = restoreWhileOneIsPublished(restore().confirmed().request());

        assertThat(report.failedStep()).as(report.summary()).contains("verify-restore");
        assertThat(report.steps()).anyMatch(step -> step.step().equals("compare-losses"));
    }

    private Report restoreWhileOneIsPublished(RunRequest request) throws Exception {
        CompletableFuture<Report> restored = CompletableFuture.supplyAsync(() -> dolmen.run(request));
        await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(home.resolve("stopping")) || restored.isDone());
        stack.sql(segment("late-one"));
        Files.createFile(home.resolve("published"));
        return restored.get(2, TimeUnit.MINUTES);
    }

    private static String segment(String id) {
        return "INSERT INTO druid_segments SELECT '" + id + "', 'late', created_date, start, \"end\", partitioned,"
                + " version, true, payload FROM druid_segments LIMIT 1";
    }

    private Restoring restore() {
        return Restoring.in(backup);
    }
}
