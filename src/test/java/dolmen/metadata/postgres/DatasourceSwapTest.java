package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.Dumps;
import dolmen.metadata.LoadRules;
import dolmen.model.CountingMeter;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Single datasources exchanged in a real PostgreSQL; the dump is that of a real Druid. */
class DatasourceSwapTest extends ExchangedDatasources {
    private static final String OTHERS =
            "SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM druid_segments s" + " WHERE datasource <> 'wiki'";

    @Test
    void used_segments_become_those_of_the_dump_and_all_other_datasources_stay_as_they_are() {
        String then = postgres.query(database, WIKI);
        String others = postgres.query(database, OTHERS);
        change();
        assertThat(postgres.query(database, WIKI)).isNotEqualTo(then);

        exchange();

        assertThat(postgres.query(database, WIKI)).isEqualTo(then);
        assertThat(postgres.query(database, OTHERS)).isEqualTo(others);
        assertThat(postgres.query(database, "SELECT used FROM druid_segments WHERE id = 'wiki_new'"))
                .isEqualTo("f");
        assertThat(postgres.query(database, "SELECT count(*) FROM druid_pendingsegments WHERE datasource = 'wiki'"))
                .isEqualTo("0");
        assertThat(swap.isDone(RUN)).isTrue();
        exchange();
        assertThat(postgres.query(database, WIKI)).isEqualTo(then);
    }

    @Test
    void the_dump_is_counted_as_it_is_read_and_the_rows_of_the_datasource_as_they_are_loaded() throws Exception {
        CountingMeter meter = new CountingMeter();

        exchange(meter);

        assertThat(meter.expected()).isGreaterThan(Files.size(Dumps.SCRIPT));
        assertThat(meter.done()).isEqualTo(meter.expected());
    }

    @Test
    @Tag("T3")
    void t3_another_content_under_an_id_that_was_exchanged_came_since() {
        change();
        exchange();
        assertThat(cameSince()).isEmpty();
        String id = postgres.query(database, "SELECT min(id) FROM druid_segments WHERE datasource = 'wiki' AND used");

        postgres.execute(database, "UPDATE druid_segments SET created_date = '2027' WHERE id = '" + id + "'");
        assertThat(cameSince()).containsExactly("wiki: " + id);

        postgres.execute(
                database, "ALTER TABLE \"dolmen_old_" + RUN + "\".now DROP COLUMN created_date, DROP COLUMN content");
        assertThat(cameSince()).as("what an older version kept").isEmpty();
    }

    @Test
    @Tag("T46")
    void T46_rules_come_before_the_rows_and_go_where_the_rows_did_not_come() {
        postgres.execute(database, "DELETE FROM druid_rules WHERE datasource = 'wiki'");
        change();
        String all = "SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM druid_segments s";
        String before = postgres.query(database, all);
        DatasourceRules rules = new DatasourceRules(client(), database);
        LoadRules given = new LoadRules("[{\"type\":\"loadForever\"}]", Instant.parse("2026-11-24T02:00:00Z"));

        rules.bring(withRulesOfWiki(), WANTED, RUN, Optional.of(given));
        rules.bring(withRulesOfWiki(), WANTED, RUN, Optional.empty());

        assertThat(rules.brought(RUN)).containsExactly(Map.entry("wiki", given.json()));
        assertThat(postgres.query(database, all)).isEqualTo(before);
        assertThat(swap.isDone(RUN)).isFalse();
        swap.swapBack(RUN);
        assertThat(postgres.query(database, "SELECT count(*) FROM druid_rules WHERE datasource = 'wiki'"))
                .isEqualTo("0");
        assertThat(postgres.query(database, all)).isEqualTo(before);
        assertThat(postgres.query(database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dolmen%'"))
                .isEqualTo("0");
    }

    @Test
    @Tag("T46")
    void T46_rules_that_are_there_stay_and_nothing_is_brought() {
        postgres.execute(
                database,
                "DELETE FROM druid_rules WHERE datasource = 'wiki';"
                        + "INSERT INTO druid_rules (id, datasource, version, payload) VALUES ('live', 'wiki', '2', '[]')");
        DatasourceRules rules = new DatasourceRules(client(), database);

        rules.bring(withRulesOfWiki(), WANTED, RUN, Optional.empty());

        assertThat(rules.brought(RUN)).isEmpty();
        assertThat(postgres.query(database, "SELECT id FROM druid_rules WHERE datasource = 'wiki'"))
                .isEqualTo("live");
    }

    @Test
    void a_dump_that_is_cut_or_that_has_columns_which_the_stack_lacks_changes_nothing() throws Exception {
        change();
        String before = postgres.query(database, WIKI);
        Path cut = folder.resolve("cut.sql");
        String script = Dumps.script();
        Files.writeString(cut, script.substring(0, script.indexOf("COPY public.druid_segments") + 400));
        assertThatThrownBy(() -> swap.swapIn(cut, WANTED, RUN, Meter.NONE)).isInstanceOf(StepFailure.Damaged.class);
        postgres.execute(database, "ALTER TABLE druid_segments DROP COLUMN partitioned");
        assertThatThrownBy(this::exchange)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("cannot exchange the rows of [wiki]");

        assertThat(postgres.query(database, WIKI)).isEqualTo(before);
        assertThat(swap.isDone(RUN)).isFalse();
    }
}
