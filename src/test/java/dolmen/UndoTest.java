package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Artifact;
import dolmen.model.Consent;
import dolmen.model.DumpSummary;
import dolmen.model.ExitCode;
import dolmen.model.Meter;
import dolmen.model.Milestone;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.restore.PlainStack;
import dolmen.runs.DeadLetters;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dolmen restore --undo} on a real database and folder, and what the next start makes of a killed one. */
class UndoTest {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    private PlainStack stack;
    private RunJournal journal;
    private SafetyCopies copies;
    private Run restored;
    private Application dolmen;

    @BeforeEach
    void a_verified_restore() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        copies = new SafetyCopies(home.resolve("state"), 2);
        Path dump = Files.createDirectories(home.resolve("backup")).resolve(Artifact.METADATA_DUMP);
        DumpSummary summary = stack.metadata.dump(dump, warning -> {});
        stack.sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        Files.writeString(stack.shared.resolve("segments/before"), "before");
        restored = Run.begin(Restoring.newest().withoutMetabase().request(), Instant.parse("2026-11-24T02:00:00Z"));
        String mark = restored.mark();
        stack.storage.placement(mark).stage(TarFile.of(ARCHIVE), 0, Meter.NONE);
        stack.metadata.load(mark, dump, summary);
        stack.storage.placement(mark).swapIn();
        stack.metadata.swap(mark);
        journal.begin(restored);
        journal.end(Report.success(restored, "restored", List.of(), Instant.now()));
        copies.add(mark);
        dolmen = new Application(stack.application(), Map.of());
        dolmen.start();
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    @Test
    void an_undo_brings_back_what_the_restore_replaced_and_says_what_is_live() throws Exception {
        Report undone = dolmen.run(undo(restored.id()));

        assertThat(undone.outcome()).as(undone.summary()).isEqualTo(ExitCode.OK);
        assertThat(undone.details())
                .containsExactly(
                        "lost, as confirmed: 4 used segments of wiki",
                        "live now: clicks, 4 used segments",
                        "live now: sensor_metrics, 4 used segments");
        assertThat(undone.steps().stream().map(step -> step.step()))
                .containsExactly("check-undo", "stop-for-undo", "compare-undo", "swap-back", "drop-undone");
        assertUndone();

        Report again = dolmen.run(undo(restored.id()));
        assertThat(again.outcome()).isEqualTo(ExitCode.USAGE);
        assertThat(again.summary())
                .contains("was undone already, by " + undone.run().id());
        assertUndone();
    }

    @Test
    void a_run_that_cannot_be_undone_names_the_one_that_can() {
        Report refused = dolmen.run(undo("20200101-000000-000-restore"));

        assertThat(refused.outcome()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.hint()).contains("This one can be undone: " + restored.id() + ".");
        assertThat(dolmen.run(undo("../../etc")).outcome()).isEqualTo(ExitCode.USAGE);
        assertRestored();
    }

    @Test
    void an_undo_that_would_lose_segments_is_refused_until_it_is_confirmed() {
        Report refused = dolmen.run(Requests.undo(restored.id()));

        assertThat(refused.outcome()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.summary()).contains("would lose 4 used segments of wiki");
        assertThat(refused.hint().orElseThrow()).contains("--yes");
        assertRestored();
    }

    @Test
    @Tag("T9")
    void t9_a_supervisor_a_rule_and_a_table_that_came_since_are_named_and_refused() {
        stack.sql("INSERT INTO druid_rules (id, datasource, version,"
                + " payload) VALUES ('own', 'own', '2026', '[]'); INSERT INTO druid_supervisors (spec_id, created_date,"
                + " payload) VALUES ('own', '2026', '{\"type\":\"kafka\"}')");

        Report asked = dolmen.run(Requests.undo(restored.id()));
        assertThat(asked.outcome()).isEqualTo(ExitCode.REFUSED);
        assertThat(asked.summary()).contains("4 used segments of wiki", "supervisor own", "load rules of own");

        stack.sql("CREATE TABLE orders AS SELECT 1 AS n; GRANT SELECT ON orders TO druid");
        Report refused = dolmen.run(undo(restored.id()));
        assertThat(refused.outcome()).as(refused.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.summary())
                .isEqualTo("this undo would lose what is not Druid's: table orders, privilege"
                        + " orders SELECT of druid");
        assertRestored();

        Report undone = dolmen.run(Requests.undo(restored.id(), new Consent(true, true)));
        assertThat(undone.outcome()).as(undone.summary()).isEqualTo(ExitCode.OK);
        assertThat(undone.details())
                .contains("lost, as confirmed: 4 used segments of wiki, supervisor own, load rules of own; what is not"
                        + " Druid's: table orders, privilege orders SELECT of druid");
    }

    @Test
    void an_older_restore_is_not_undone_over_a_newer_one() {
        copies.add("20261124-030000-000");

        Report refused = dolmen.run(undo(restored.id()));

        assertThat(refused.outcome()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.hint().orElseThrow()).contains("Undo 20261124-030000-000-restore first");
        assertRestored();
    }

    @Test
    void a_verified_restore_that_was_killed_before_it_said_so_can_be_undone() throws Exception {
        copies.remove(restored.mark());
        Files.delete(home.resolve("state/runs/" + restored.id() + "/report.json"));
        journal.beginStep(restored.id(), "verify-restore", Optional.of(Milestone.VERIFIED));
        journal.endStep(restored.id(), "verify-restore", Optional.empty());

        assertThat(dolmen.recover()).singleElement().asString().contains("restored and verified");
        assertThat(copies.newest()).contains(restored.mark());

        assertThat(dolmen.run(undo(restored.id())).outcome()).isEqualTo(ExitCode.OK);
        assertUndone();
    }

    @Test
    void a_restore_killed_while_it_dropped_an_older_copy_leaves_nothing_of_that_copy() throws Exception {
        String older = "20261123-020000-000";
        copies.remove(restored.mark());
        copies.add(older);
        copies.add(restored.mark());
        Files.createDirectories(stack.shared.resolve(".dolmen-old-" + older + "/segments"));
        Files.delete(home.resolve("state/runs/" + restored.id() + "/report.json"));
        journal.beginStep(restored.id(), "verify-restore", Optional.of(Milestone.VERIFIED));
        journal.endStep(restored.id(), "verify-restore", Optional.empty());
        journal.beginStep(restored.id(), "keep-safety-copy", Optional.of(Milestone.KEPT));

        dolmen.recover();

        assertThat(copies.list()).containsExactly(restored.mark());
        assertThat(stack.shared.resolve(".dolmen-old-" + older)).doesNotExist();
        assertThat(dolmen.run(undo(restored.id())).outcome()).isEqualTo(ExitCode.OK);
        assertUndone();
    }

    @Test
    void a_killed_undo_that_had_changed_nothing_is_over() {
        Run undo = begun("check-undo");

        assertThat(dolmen.recover()).containsExactly(undo.id() + ": interrupted: the process ended");
        assertRestored();
        assertThat(copies.newest()).contains(restored.mark());
    }

    @Test
    void a_killed_undo_is_finished_by_the_next_start() throws Exception {
        Run undo = begun("check-undo", "swap-back");
        stack.ledger.stopForRun(undo.mark(), "historical");
        stack.ledger.stopForRun(undo.mark(), "coordinator");
        String mark = restored.mark();
        stack.metadata.swapBack(mark);

        assertThat(dolmen.recover()).singleElement().asString().startsWith(undo.id() + ": finished, undid");

        assertUndone();
        assertThat(journal.report(undo.id()).orElseThrow().succeeded()).isTrue();
        assertThat(journal.interrupted()).isEmpty();
    }

    @Test
    void an_undo_killed_after_the_drop_is_finished_without_stopping_anything() throws Exception {
        assertThat(dolmen.run(undo(restored.id())).outcome()).isEqualTo(ExitCode.OK);
        Run undo = begun("check-undo", "swap-back", "drop-undone");
        stack.host.stop("historical");

        assertThat(dolmen.recover()).singleElement().asString().startsWith(undo.id() + ": finished, undid");

        assertThat(stack.host.find("historical").orElseThrow().running()).isFalse();
        assertThat(stack.host.find("coordinator").orElseThrow().running()).isTrue();
    }

    @Test
    void an_undo_that_gave_up_half_way_lets_no_service_run_and_is_finished_later() throws Exception {
        DeadLetters deadLetters = new DeadLetters(home.resolve("dead-letter"));
        Path inTheWay = stack.shared.resolve(".dolmen-old-" + restored.mark() + "/.dolmen-stray");
        Files.createFile(inTheWay);
        Report failed = dolmen.run(undo(restored.id()));
        assertThat(failed.failedStep()).as(failed.summary()).contains("swap-back");
        assertThat(wiki())
                .as("the metadata was put back before the files failed")
                .isEqualTo("0");
        assertThat(journal.interrupted()).hasSize(1);
        assertThat(copies.newest()).contains(restored.mark());
        assertThat(deadLetters.list()).containsExactly(failed.run().id());
        assertThat(stack.host.find("historical").orElseThrow().running()).isFalse();
        assertThat(stack.host.find("coordinator").orElseThrow().running()).isFalse();

        Files.delete(stack.shared.resolve(".dolmen-out-" + restored.mark() + "/.dolmen-stray"));
        assertThat(dolmen.recover()).singleElement().asString().contains("finished, undid");

        assertUndone();
        assertThat(deadLetters.list()).isEmpty();
        assertThat(journal.interrupted()).isEmpty();
    }

    private Run begun(String... steps) {
        Run undo = Run.begin(undo(restored.id()), Instant.now());
        journal.begin(undo);
        for (String step : steps) {
            journal.beginStep(undo.id(), step, Optional.empty());
        }
        return undo;
    }

    private static RunRequest undo(String run) {
        return Requests.undo(run, new Consent(true, false));
    }

    private void assertRestored() {
        assertThat(wiki()).isEqualTo("4");
        assertThat(stack.shared.resolve("segments/before")).doesNotExist();
    }

    private void assertUndone() throws Exception {
        assertThat(wiki()).isEqualTo("0");
        assertThat(Tool.ok(stack.shared, "ls -A . segments").lines())
                .containsExactly(".:", "segments", "", "segments:", "before");
        assertThat(stack.metadata.leftovers()).noneMatch(name -> name.startsWith(stack.database + "_"));
        assertThat(copies.list()).isEmpty();
        assertThat(stack.host.find("historical").orElseThrow().running()).isTrue();
        assertThat(stack.host.find("coordinator").orElseThrow().running()).isTrue();
    }

    private String wiki() {
        return stack.postgres.query(stack.database, "SELECT count(*) FROM druid_segments WHERE datasource = 'wiki'");
    }
}
