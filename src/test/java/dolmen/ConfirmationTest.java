package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Artifact;
import dolmen.model.ExitCode;
import dolmen.model.Meter;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.restore.PlainStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Dolmen on a stack that has more than the backup; Druid does not answer, so every restore ends put back. */
class ConfirmationTest {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    private PlainStack stack;
    private Path backup;
    private Application dolmen;

    @BeforeEach
    void a_stack_with_more_than_its_backup() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
        backup = Files.createDirectories(home.resolve("files"));
        stack.metadata.dump(backup.resolve(Artifact.METADATA_DUMP), warning -> {}, Meter.NONE);
        Tool.ok(home, "tar -C / -cf " + backup.resolve(Artifact.SEGMENT_ARCHIVE) + " ." + stack.shared);
        stack.sql("INSERT INTO druid_segments SELECT 'new', 'new', created_date, start, \"end\", partitioned, version,"
                + " used, payload FROM druid_segments LIMIT 1");
        dolmen = new Application(stack.application(), Map.of());
        dolmen.start();
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    @Test
    @Tag("TR-02")
    void what_would_be_lost_refuses_a_restore_before_anything_is_changed() throws Exception {
        String before = state();

        Report refused = dolmen.run(restore().request());

        assertThat(refused.outcome()).as(refused.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.failedStep()).contains("check-target");
        assertThat(refused.summary()).contains("1 used segments of new that the backup does not have");
        assertThat(refused.hint().orElseThrow()).contains("dolmen plan", "--yes", "confirm=yes");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void a_confirmed_restore_goes_on() throws Exception {
        String before = state();

        Report gone = dolmen.run(restore().confirmed().request());

        assertThat(gone.failedStep()).as(gone.summary()).contains("verify-restore");
        assertThat(gone.steps()).anyMatch(step -> step.step().equals("clear-past"));
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Tag("T9")
    void t9_what_is_not_druid_s_refuses_a_confirmed_restore_that_does_not_name_it() throws Exception {
        stack.sql("CREATE TABLE orders AS SELECT generate_series(1, 10000) AS n");
        String before = state();

        Report refused = dolmen.run(restore().confirmed().request());
        assertThat(refused.outcome()).as(refused.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.failedStep()).contains("check-target");
        assertThat(refused.summary()).contains("not Druid's", "table orders");
        assertThat(state()).isEqualTo(before);

        Report named = dolmen.run(restore().confirmed().losingForeign().request());
        assertThat(named.failedStep()).as(named.summary()).contains("verify-restore");
    }

    @Test
    void a_restore_that_loses_nothing_needs_no_confirmation() {
        stack.sql("DELETE FROM druid_segments");

        assertThat(dolmen.run(restore().request()).failedStep()).contains("verify-restore");
    }

    @Test
    void a_plan_tells_the_losses_and_is_no_failure() {
        Report plan = dolmen.run(restore().plan());

        assertThat(plan.outcome()).as(plan.summary()).isEqualTo(ExitCode.OK);
        assertThat(plan.summary()).contains("--yes", "confirm=yes");
        assertThat(plan.details())
                .contains("metadata", "segments", "would be lost")
                .contains("  1 used segments of new that the backup does not have");
    }

    private Restoring restore() {
        return Restoring.in(backup);
    }

    private String state() throws Exception {
        return stack.postgres.query(
                        stack.database, "SELECT md5(string_agg(id || used, ',' ORDER BY id)) FROM druid_segments")
                + stack.metadata.leftovers().stream()
                        .filter(name -> name.startsWith(stack.database + "_"))
                        .toList()
                + Tool.ok(home, "ls -A shared; find shared -type f | sort | xargs sha256sum; ls down");
    }
}
