package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.settings.RestoreSettings;
import dolmen.settings.RestoreSettings.Supervisors;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loaded metadata is cleaned in the side database, after it was compared with the dump. */
class CleanMetadataTest extends LoadedMetadata {
    @Test
    void what_belongs_to_the_past_is_cleared_and_counted() {
        List<String> told = clean(stack.backup());

        assertThat(told).contains("cleared: 2 active tasks, 1 task lock, 5 pending segments");
        assertThat(rows("druid_tasks")).isEqualTo("1");
        assertThat(rows("druid_tasklocks")).isEqualTo("0");
        assertThat(rows("druid_pendingsegments")).isEqualTo("0");
        assertThat(stack.postgres.query(stack.database, "SELECT count(*) FROM druid_tasks WHERE active"))
                .isEqualTo("2");
    }

    @Test
    void cleaning_again_tells_the_same() {
        RestoreRun restore = loaded(stack.backup());
        assertThat(cleaning().clean(restore)).contains("cleared: 2 active tasks, 1 task lock, 5 pending segments");
        assertThat(cleaning().clean(restore)).contains("cleared: 2 active tasks, 1 task lock, 5 pending segments");
    }

    @Test
    void the_past_comes_back_when_it_is_asked_for() {
        stack.settings = new RestoreSettings(1, false, Supervisors.AUTO);

        assertThat(clean(stack.backup()))
                .contains("kept, of the time of the backup: 2 active tasks, 1 task lock, 5 pending segments");
        assertThat(rows("druid_tasks")).isEqualTo("3");
        assertThat(rows("druid_pendingsegments")).isEqualTo("5");
    }

    @Test
    void a_table_of_tasks_of_another_shape_is_left_alone_and_that_is_said() {
        stack.sql("DROP TABLE druid_tasks; CREATE TABLE druid_tasks (id text, active text);"
                + "INSERT INTO druid_tasks VALUES ('a', 't'); ALTER TABLE druid_tasks OWNER TO druid;"
                + "DROP TABLE druid_tasklocks");

        assertThat(clean(stack.backup()))
                .contains("cleared: 0 active tasks, 0 task locks, 5 pending segments")
                .contains("warning: druid_tasks has other columns than Druid gives it and is left as it is");
        assertThat(rows("druid_tasks")).isEqualTo("1");
    }

    @Test
    void tables_named_in_druid_s_own_spelling_are_found_and_those_of_others_are_left_alone() {
        stack.sql("ALTER TABLE druid_pendingsegments RENAME TO \"druid_pendingSegments\";"
                + "CREATE TABLE my_tasks (id text, active boolean); INSERT INTO my_tasks VALUES ('a', true);"
                + "ALTER TABLE my_tasks OWNER TO druid");

        assertThat(clean(stack.backup())).contains("cleared: 2 active tasks, 1 task lock, 5 pending segments");
        assertThat(rows("\"druid_pendingSegments\"")).isEqualTo("0");
        assertThat(rows("my_tasks")).isEqualTo("1");
    }

    @Test
    @Tag("T46")
    void T46_with_load_all_every_restored_datasource_gets_a_newer_rule_and_the_older_ones_stay() {
        stack.sql(
                "INSERT INTO druid_rules (id, datasource, version, payload) VALUES ('w', 'wiki', '2999-01-01', '[]')");
        RestoreRun restore = loaded(stack.backup());
        cleaning().clean(restore);
        assertThat(rules()).doesNotContain("loadForever\",");
        RestoreRun all = new RestoreRun(
                new Run(
                        restore.run().id(),
                        Restoring.newest().loadingAll(true).request(),
                        restore.run().begun()),
                restore.source(),
                restore.leftDown(),
                restore.plan(),
                restore.druid(),
                restore.details(),
                restore.foreseen());

        cleaning().clean(all);
        String given = rules();
        cleaning().clean(all);

        assertThat(given)
                .contains("clicks: " + LOAD_FOREVER, "sensor_metrics: " + LOAD_FOREVER, "wiki: " + LOAD_FOREVER);
        assertThat(rules()).as("done once more").isEqualTo(given);
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_rules WHERE datasource = 'wiki'"))
                .isEqualTo("2");
    }

    /** The rules that Druid would take. */
    private String rules() {
        return stack.postgres.query(
                side,
                "SELECT string_agg(datasource || ': ' || convert_from(payload, 'UTF8'), ', ' ORDER BY datasource)"
                        + " FROM druid_rules AS r WHERE version = (SELECT max(version) FROM druid_rules AS n"
                        + " WHERE n.datasource = r.datasource)");
    }

    private String rows(String table) {
        return stack.postgres.query(side, "SELECT count(*) FROM " + table);
    }
}
