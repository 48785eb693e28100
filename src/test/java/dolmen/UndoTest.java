package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Consent;
import dolmen.model.ExitCode;
import dolmen.model.Milestone;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.RunMark;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code dolmen restore --undo} on a real database and folder. */
class UndoTest extends RestoredStack {
    @Test
    void an_undo_brings_back_what_the_restore_replaced_and_says_what_is_live() throws Exception {
        Report undone = dolmen.run(undo(restored.id().text()));

        assertThat(undone.outcome()).as(undone.summary()).isEqualTo(ExitCode.OK);
        assertThat(undone.details())
                .containsExactly(
                        "lost, as confirmed: 4 used segments of wiki",
                        "live now: clicks, 4 used segments",
                        "live now: sensor_metrics, 4 used segments");
        assertThat(undone.steps().stream().map(step -> step.step()))
                .containsExactly("check-undo", "stop-for-undo", "compare-undo", "swap-back", "drop-undone");
        assertUndone();

        Report again = dolmen.run(undo(restored.id().text()));
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
        Report refused = dolmen.run(Requests.undo(restored.id().text()));

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

        Report asked = dolmen.run(Requests.undo(restored.id().text()));
        assertThat(asked.outcome()).isEqualTo(ExitCode.REFUSED);
        assertThat(asked.summary()).contains("4 used segments of wiki", "supervisor own", "load rules of own");

        stack.sql("CREATE TABLE orders AS SELECT 1 AS n; GRANT SELECT ON orders TO druid");
        Report refused = dolmen.run(undo(restored.id().text()));
        assertThat(refused.outcome()).as(refused.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.summary())
                .isEqualTo("this undo would lose what is not Druid's: table orders, privilege"
                        + " orders SELECT of druid");
        assertRestored();

        Report undone = dolmen.run(Requests.undo(restored.id().text(), new Consent(true, true)));
        assertThat(undone.outcome()).as(undone.summary()).isEqualTo(ExitCode.OK);
        assertThat(undone.details())
                .contains("lost, as confirmed: 4 used segments of wiki, supervisor own, load rules of own; what is not"
                        + " Druid's: table orders, privilege orders SELECT of druid");
    }

    @Test
    void an_older_restore_is_not_undone_over_a_newer_one() {
        copies.add(new RunMark("20261124-030000-000"));

        Report refused = dolmen.run(undo(restored.id().text()));

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

        assertThat(dolmen.run(undo(restored.id().text())).outcome()).isEqualTo(ExitCode.OK);
        assertUndone();
    }

    @Test
    void a_restore_killed_while_it_dropped_an_older_copy_leaves_nothing_of_that_copy() throws Exception {
        RunMark older = new RunMark("20261123-020000-000");
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
        assertThat(dolmen.run(undo(restored.id().text())).outcome()).isEqualTo(ExitCode.OK);
        assertUndone();
    }
}
