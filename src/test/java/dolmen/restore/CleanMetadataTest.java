package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.metadata.LoadRules;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.settings.RestoreSettings;
import dolmen.settings.RestoreSettings.Supervisors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loaded metadata is cleaned in the side database, after it was compared with the dump. */
class CleanMetadataTest {
    private static final String LOAD_FOREVER =
            "[{\"type\":\"loadForever\",\"tieredReplicants\":{\"_default_tier\":1}}]";

    private static final String OTHER = "1111111111111111111";

    @TempDir
    Path home;

    private PlainStack stack;
    private String side;

    @BeforeEach
    void a_stack_in_the_middle_of_things() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        stack.supervisor("wiki", false);
        stack.offset("wiki", 100);
        stack.sql("UPDATE druid_tasks SET active = true WHERE datasource <> 'wiki';"
                + "INSERT INTO druid_tasklocks (task_id, lock_payload) VALUES ('t', 'lock');"
                + "INSERT INTO druid_pendingsegments SELECT 'p' || n, 'wiki', 'now', 'a', 'b', 's', '', 'x' || n, 'p'"
                + " FROM generate_series(1, 5) n");
    }

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
    @Tag("MD-15")
    void into_another_stack_supervisors_come_suspended_by_a_newer_row() {
        List<String> told = clean(stack.backup(Optional.of(OTHER)));

        assertThat(told)
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended by this restore, offsets of wiki:")
                        && line.contains("{\"0\":100}"));
        assertThat(newest("wiki"))
                .isEqualTo(
                        "{\"type\":\"kafka\",\"spec\":{\"dataSchema\":{\"dataSource\":\"wiki\"}},\"suspended\":true}");
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'wiki'"))
                .isEqualTo("2");
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'sup1'"))
                .isEqualTo("3");
    }

    @Test
    void supervisors_are_suspended_once_only() {
        RestoreRun restore = loaded(stack.backup(Optional.of(OTHER)));
        cleaning().clean(restore);
        assertThat(cleaning().clean(restore))
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended, as it was"));
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'wiki'"))
                .isEqualTo("2");
    }

    @Test
    void into_the_same_stack_they_go_on() {
        List<String> told = clean(stack.backup(stack.metadata.systemIdentifier()));

        assertThat(told).anyMatch(line -> line.startsWith("supervisor wiki: left running"));
        assertThat(newest("wiki")).endsWith("\"suspended\":false}");
    }

    @Test
    @Tag("T10")
    void t10_without_a_manifest_they_come_suspended_since_nothing_tells_whose_they_are() {
        assertThat(clean(stack.files()))
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended by this restore"));
    }

    @Test
    void they_can_be_suspended_and_kept_by_the_settings() {
        stack.settings = new RestoreSettings(1, true, Supervisors.SUSPEND);
        clean(stack.backup());
        assertThat(newest("wiki")).endsWith("\"suspended\":true}");

        stack.settings = new RestoreSettings(1, true, Supervisors.KEEP);
        clean(stack.backup(Optional.of(OTHER)));
        assertThat(newest("wiki")).endsWith("\"suspended\":false}");
    }

    @Test
    void a_payload_that_is_not_json_stays_and_the_others_are_suspended() {
        stack.supervisor("broken", false);
        stack.sql("UPDATE druid_supervisors SET payload = '\\xdeadbeef' WHERE spec_id = 'broken'");

        assertThat(clean(stack.backup(Optional.of(OTHER))))
                .anyMatch(line -> line.startsWith("supervisor broken: cannot be read"))
                .anyMatch(line -> line.startsWith("supervisor wiki: suspended by this restore"));
        assertThat(stack.postgres.query(side, "SELECT count(*) FROM druid_supervisors WHERE spec_id = 'broken'"))
                .isEqualTo("1");
    }

    @Test
    void a_spec_that_is_longer_than_an_argument_may_be_is_suspended_whole() {
        stack.sql("UPDATE druid_supervisors SET payload = convert_to('{\"type\":\"kafka\",\"context\":\"'"
                + " || repeat('x', 300000) || '\"}', 'UTF8') WHERE spec_id = 'wiki'");

        clean(stack.backup(Optional.of(OTHER)));

        assertThat(newest("wiki")).hasSizeGreaterThan(300_000).endsWith("x\",\"suspended\":true}");
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

    private List<String> clean(BackupContents backup) {
        return cleaning().clean(loaded(backup));
    }

    private CleanMetadata cleaning() {
        return new CleanMetadata(
                stack.metadata, stack.settings, stack::identity, run -> new LoadRules(LOAD_FOREVER, run.begun()));
    }

    private RestoreRun loaded(BackupContents backup) {
        RestoreRun restore = stack.restore(backup);
        side = stack.metadata.loaded(restore.run().mark()).name();
        stack.metadata.load(restore.run().mark(), backup.file(Artifact.METADATA_DUMP), restore.dump());
        return restore;
    }

    private String rows(String table) {
        return stack.postgres.query(side, "SELECT count(*) FROM " + table);
    }

    private String newest(String supervisor) {
        return stack.postgres.query(
                side,
                "SELECT convert_from(payload, 'UTF8') FROM druid_supervisors WHERE spec_id = '" + supervisor
                        + "' ORDER BY id DESC LIMIT 1");
    }
}
