package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.model.BackupContents;
import dolmen.model.Plan;
import dolmen.settings.RestoreSettings;
import dolmen.settings.RestoreSettings.Supervisors;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supervisors and offsets in a plan: MD-15. */
class SupervisorsPlanTest {
    @TempDir
    Path home;

    private PlainStack stack;

    @BeforeEach
    void a_stack_with_a_supervisor() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        stack.supervisor("wiki", false);
        stack.offset("wiki", 100);
    }

    @Test
    @Tag("MD-15")
    void each_is_named_with_its_offsets() {
        stack.supervisor("clicks", true);

        Plan plan = stack.plan(stack.backup());

        assertThat(plan.lines())
                .contains("  clicks comes back suspended, as it was, offsets of clicks: none")
                .anyMatch(line -> line.startsWith("  wiki comes back running, offsets of wiki: {")
                        && line.contains("{\"0\":100}"))
                .noneMatch(line -> line.startsWith("  sup1"));
        assertThat(plan.losses()).isEmpty();
    }

    @Test
    void offsets_that_would_go_back_are_a_loss() {
        BackupContents backup = stack.backup();
        stack.offset("wiki", 250);

        assertThat(stack.plan(backup).losses())
                .singleElement()
                .asString()
                .contains("offsets of wiki (supervisor wiki)", "{\"0\":250}", "{\"0\":100}");
    }

    @Test
    void offsets_of_a_datasource_without_a_supervisor_are_none() {
        BackupContents backup = stack.backup();
        stack.offset("clicks", 7);

        assertThat(stack.plan(backup).losses()).isEmpty();
    }

    @Test
    void the_order_of_members_makes_no_difference() {
        BackupContents backup = stack.backup();
        stack.sql("UPDATE druid_datasource SET commit_metadata_payload ="
                + " convert_to('{\"partitions\": {\"partitionOffsetMap\":{\"0\":100}}, \"type\":\"kafka\"}', 'UTF8')");

        assertThat(stack.plan(backup).losses()).isEmpty();
    }

    @Test
    void a_supervisor_that_the_backup_does_not_have_would_be_lost_and_a_terminated_one_not() {
        BackupContents backup = stack.backup();
        stack.supervisor("sensors", false);
        stack.sql("INSERT INTO druid_supervisors (spec_id, created_date, payload) VALUES ('gone', 'now',"
                + " convert_to('{\"type\":\"NoopSupervisorSpec\"}', 'UTF8'))");

        assertThat(stack.plan(backup).losses()).containsExactly("supervisor sensors");
    }

    @Test
    void into_another_stack_they_come_back_suspended_unless_told_otherwise() {
        BackupContents backup = stack.backup(Optional.of("1111111111111111111"));
        assertThat(stack.plan(backup).lines()).anyMatch(line -> line.startsWith("  wiki comes back suspended, "));

        stack.settings = new RestoreSettings(1, true, Supervisors.KEEP);
        assertThat(stack.plan(backup).lines()).anyMatch(line -> line.startsWith("  wiki comes back running, "));
    }

    @Test
    @Tag("MD-16")
    void a_payload_that_is_not_json_is_told_and_ends_nothing() {
        stack.sql("UPDATE druid_supervisors SET payload = '\\xdeadbeef' WHERE spec_id = 'wiki'");

        assertThat(stack.plan(stack.backup()).lines())
                .anyMatch(line -> line.startsWith("  wiki cannot be read, and an overlord cannot lead with it"));
    }

    @Test
    void tables_that_are_missing_or_of_another_shape_end_nothing() {
        stack.sql(
                "DROP TABLE druid_tasks; CREATE TABLE druid_tasks (id text, active text); ALTER TABLE druid_tasks OWNER TO druid;"
                        + "DROP TABLE druid_tasklocks; DROP TABLE druid_pendingsegments");

        Plan plan = stack.plan(stack.backup());

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.lines())
                .contains("  warning: druid_tasks has other columns than Druid gives it and is left as it is");
    }
}
