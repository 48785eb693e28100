package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.model.BackupContents;
import dolmen.model.Plan;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says would be lost of the live database. */
class PlannedLossesTest {
    private static final String OTHER = "1111111111111111111";

    @TempDir
    Path home;

    private PlainStack stack;

    @BeforeEach
    void a_filled_stack() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
    }

    @Test
    void an_emptied_database_has_no_losses_and_everything_is_added() {
        BackupContents backup = stack.backup();
        stack.sql("TRUNCATE druid_segments, druid_rules, druid_supervisors");

        Plan plan = stack.plan(backup);

        assertThat(plan.losses()).isEmpty();
        assertThat(plan.lines()).contains("  wiki: used segments 4 added, 0 kept, 0 lost");
    }

    @Test
    void a_live_database_that_does_not_exist_has_no_losses() {
        BackupContents backup = stack.backup(Optional.of(OTHER));
        stack.postgres.execute("postgres", "DROP DATABASE " + stack.database);

        Plan plan = stack.plan(backup);

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.losses()).isEmpty();
        assertThat(plan.lines()).contains("  there is no database " + stack.database + " yet");
    }

    @Test
    @Tag("TR-02")
    void segments_that_were_added_since_the_backup_would_be_lost() {
        BackupContents backup = stack.backup();
        stack.sql(
                "INSERT INTO druid_segments SELECT 'new' || n, 'métriques', created_date, start, \"end\", partitioned,"
                        + " version, used, payload FROM (SELECT * FROM druid_segments LIMIT 1) one, generate_series(1, 3) n");

        Plan plan = stack.plan(backup);

        assertThat(plan.losses()).containsExactly("3 used segments of métriques that the backup does not have");
        assertThat(plan.lines()).contains("  métriques: used segments 0 added, 0 kept, 3 lost");
    }

    @Test
    void a_segment_that_is_unused_in_the_backup_and_used_now_would_be_lost() {
        stack.sql("UPDATE druid_segments SET used = false WHERE datasource = 'clicks'");
        BackupContents backup = stack.backup();
        stack.sql("UPDATE druid_segments SET used = true");

        assertThat(stack.plan(backup).losses())
                .containsExactly("4 used segments of clicks that the backup does not have");
    }

    @Test
    void a_hundred_thousand_segments_that_the_backup_does_not_have_are_counted() {
        BackupContents backup = stack.backup();
        stack.sql("INSERT INTO druid_segments SELECT 'many' || n, 'many', created_date, start, \"end\", partitioned,"
                + " version, used, payload FROM (SELECT * FROM druid_segments LIMIT 1) one,"
                + " generate_series(1, 100000) n");

        assertThat(stack.plan(backup).losses())
                .containsExactly("100000 used segments of many that the backup does not have");
    }

    @Test
    void a_table_with_rows_would_be_lost_and_one_without_is_only_told() {
        BackupContents backup = stack.backup();
        stack.sql(
                "CREATE TABLE druid_extra (id int); INSERT INTO druid_extra VALUES (1); CREATE TABLE druid_void (id int);"
                        + "ALTER TABLE druid_extra OWNER TO druid; ALTER TABLE druid_void OWNER TO druid;"
                        + "CREATE TABLE druid_secret (id int)");

        Plan plan = stack.plan(backup);

        assertThat(plan.losses())
                .containsExactly(
                        "table druid_extra with 1 row", "table druid_secret with rows that this user may not read");
        assertThat(plan.lines()).contains("  table druid_void with 0 rows is dropped: the backup does not have it");
    }
}
