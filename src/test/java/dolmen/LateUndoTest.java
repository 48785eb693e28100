package dolmen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dolmen.app.Application;
import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Artifact;
import dolmen.model.Consent;
import dolmen.model.DumpSummary;
import dolmen.model.ExitCode;
import dolmen.model.Meter;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.RunRequest;
import dolmen.restore.PlainStack;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo on a stack to which something comes after the check, while its services are stopped. */
@Tag("T8")
class LateUndoTest {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    private PlainStack stack;
    private Run restored;
    private Application dolmen;

    @BeforeEach
    void a_restored_stack_that_goes_on_until_its_last_service_has_stopped() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        Path dump = Files.createDirectories(home.resolve("backup")).resolve(Artifact.METADATA_DUMP);
        DumpSummary summary = stack.metadata.dump(dump, warning -> {}, Meter.NONE);
        restored = Run.begin(Restoring.newest().withoutMetabase().request(), Instant.parse("2026-11-24T02:00:00Z"));
        RunMark mark = restored.mark();
        stack.storage.placement(mark).stage(TarFile.of(ARCHIVE), 0, Meter.NONE);
        stack.metadata.load(mark, dump, summary, Meter.NONE);
        stack.storage.placement(mark).swapIn();
        stack.metadata.swap(mark);
        RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        journal.begin(restored);
        journal.end(Report.success(restored, "restored", List.of(), Instant.now()));
        new SafetyCopies(home.resolve("state"), 2).add(mark);
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
    void t8_what_came_since_the_check_refuses_an_undo_that_nobody_confirmed_and_stays() throws Exception {
        Report refused = undoWhileSomethingComes(
                false,
                "INSERT INTO druid_rules (id, datasource, version, payload)"
                        + " VALUES ('late', 'late', '2026', '[]')");

        assertThat(refused.outcome()).as(refused.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.failedStep()).contains("compare-undo");
        assertThat(refused.summary()).contains("segment late-one, load rules of late");
        assertThat(count("id = 'late-one'")).isEqualTo("1");
        assertThat(Tool.ok(home, "ls down")).isBlank();
    }

    @Test
    void t8_a_confirmed_undo_names_it_and_goes_on() throws Exception {
        stack.sql(segment("known-one"));

        Report undone = undoWhileSomethingComes(true, "SELECT 1");

        assertThat(undone.outcome()).as(undone.summary()).isEqualTo(ExitCode.OK);
        assertThat(undone.details()).contains("came since the check and was lost: segment late-one");
        assertThat(count("id IN ('late-one', 'known-one')")).isEqualTo("0");
    }

    @Test
    void t8_a_confirmed_undo_does_not_lose_what_others_made_since() throws Exception {
        Report refused = undoWhileSomethingComes(true, "CREATE TABLE late_orders AS SELECT 1 AS n");

        assertThat(refused.failedStep()).as(refused.summary()).contains("compare-undo");
        assertThat(refused.summary()).contains("not Druid's: table late_orders");
        assertThat(Tool.ok(home, "ls down")).isBlank();
    }

    private Report undoWhileSomethingComes(boolean confirmed, String sql) throws Exception {
        RunRequest undo = Requests.undo(restored.id().text(), new Consent(confirmed, false));
        CompletableFuture<Report> undone = CompletableFuture.supplyAsync(() -> dolmen.run(undo));
        await().atMost(1, TimeUnit.MINUTES).until(() -> Files.exists(home.resolve("stopping")) || undone.isDone());
        stack.sql(segment("late-one"));
        stack.sql(sql);
        Files.createFile(home.resolve("published"));
        return undone.get(2, TimeUnit.MINUTES);
    }

    private String count(String which) {
        return stack.postgres.query(stack.database, "SELECT count(*) FROM druid_segments WHERE " + which);
    }

    private static String segment(String id) {
        return "INSERT INTO druid_segments SELECT '" + id + "', 'late', created_date, start, \"end\", partitioned,"
                + " version, used, payload FROM druid_segments WHERE used LIMIT 1";
    }
}
