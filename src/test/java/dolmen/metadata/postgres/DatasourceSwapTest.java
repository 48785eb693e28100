package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.Dumps;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.PostgresFixture;
import dolmen.database.postgres.SideNames;
import dolmen.database.postgres.Stores;
import dolmen.metadata.LoadRules;
import dolmen.model.CountingMeter;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single datasources exchanged in a real PostgreSQL; the dump is that of a real Druid. */
class DatasourceSwapTest {
    private static final String RUN = "20261124-020000-restore";
    private static final String WIKI = "SELECT string_agg(id || used, ',' ORDER BY id) FROM druid_segments"
            + " WHERE datasource = 'wiki' AND used";
    private static final String OTHERS =
            "SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM druid_segments s" + " WHERE datasource <> 'wiki'";
    private static final SortedSet<String> WANTED = new TreeSet<>(List.of("wiki"));
    private static int count;

    @TempDir
    private Path folder;

    private PostgresFixture postgres;
    private String database;
    private DatasourceSwap swap;

    @BeforeEach
    void a_filled_database() throws Exception {
        postgres = PostgresFixture.shared();
        database = "exchange" + count++;
        postgres.fill(database, Dumps.SCRIPT);
        swap = new DatasourceSwap(client(), database, () -> Meter.NONE);
    }

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
        swap = new DatasourceSwap(client(), database, () -> meter);

        exchange();

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

    private List<String> cameSince() {
        List<String> segments = new ArrayList<>();
        swap.cameSince(RUN, (datasource, id) -> segments.add(datasource + ": " + id));
        return segments;
    }

    @Test
    void what_was_exchanged_is_put_back_row_for_row() {
        change();
        String all = "SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM druid_segments s";
        String before = postgres.query(database, all);
        exchange();
        assertThat(postgres.query(database, all)).isNotEqualTo(before);
        assertThat(cameSince()).isEmpty();
        postgres.execute(
                database,
                "INSERT INTO druid_segments SELECT 'wiki_later', datasource, created_date, start, \"end\", partitioned,"
                        + " version, true, payload FROM druid_segments WHERE id = 'wiki_new'");
        assertThat(cameSince()).containsExactly("wiki: wiki_later");

        swap.swapBack(RUN);
        swap.swapBack(RUN);

        assertThat(postgres.query(database, "SELECT used FROM druid_segments WHERE id = 'wiki_later'"))
                .isEqualTo("f");
        postgres.execute(database, "DELETE FROM druid_segments WHERE id = 'wiki_later'");
        assertThat(postgres.query(database, all)).isEqualTo(before);
        assertThat(swap.isDone(RUN)).isFalse();
    }

    @Test
    void offsets_pending_segments_and_rules_are_put_back_too_and_rules_of_later_stay() {
        change();
        postgres.execute(
                database,
                "DELETE FROM druid_rules WHERE datasource = 'wiki';"
                        + "INSERT INTO druid_datasource VALUES ('wiki', '2026-11-24T02:00:00.000Z', '', 'sum')");
        Path dump = withRulesOfWiki();
        String pending = "SELECT string_agg(p::text, ',' ORDER BY id) FROM druid_pendingsegments p";
        String offsets = "SELECT string_agg(d::text, ',' ORDER BY datasource) FROM druid_datasource d";
        String rules = "SELECT string_agg(version, ',' ORDER BY version) FROM druid_rules WHERE datasource = 'wiki'";
        String pendingBefore = postgres.query(database, pending);
        String offsetsBefore = postgres.query(database, offsets);

        swap.swapIn(dump, WANTED, RUN);
        assertThat(postgres.query(database, rules)).isEqualTo("2026-11-23T00:00:00.000Z");
        postgres.execute(
                database,
                "INSERT INTO druid_rules (id, datasource, version, payload) VALUES ('later', 'wiki', 'later', '')");
        swap.swapBack(RUN);

        assertThat(postgres.query(database, rules)).isEqualTo("later");
        assertThat(postgres.query(database, pending)).isEqualTo(pendingBefore).isNotEmpty();
        assertThat(postgres.query(database, offsets)).isEqualTo(offsetsBefore).contains("wiki");
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

    /** The dump of a database in which wiki has rules of its own. */
    private Path withRulesOfWiki() {
        String other = database + "_rules" + count++;
        postgres.fill(other, Dumps.SCRIPT);
        postgres.execute(
                other,
                "INSERT INTO druid_rules (id, datasource, version, payload) VALUES ('wiki_then', 'wiki',"
                        + " '2026-11-23T00:00:00.000Z', '[]')");
        Path dump = folder.resolve("rules.sql");
        Stores.druid(postgres.local(), postgres.settings(other)).dump(dump);
        return dump;
    }

    @Test
    void a_backup_does_not_hold_what_an_exchange_keeps_and_dropping_it_leaves_the_exchanged_rows() {
        change();
        exchange();
        PostgresDatabase store = Stores.druid(postgres.local(), postgres.settings(database));
        Path dump = folder.resolve("dump.sql");
        assertThat(store.dump(dump).rows()).isEqualTo(store.rows(database));
        assertThat(dump).content().doesNotContain(SideNames.KEPT_SCHEMAS);
        String now = postgres.query(database, WIKI);

        swap.drop(RUN);
        swap.drop(RUN);

        assertThat(postgres.query(database, WIKI)).isEqualTo(now);
        assertThat(swap.isDone(RUN)).isFalse();
    }

    @Test
    @Tag("T7")
    void T7_what_is_dropped_does_not_come_back_with_the_database_that_a_later_restore_keeps() {
        exchange();
        PostgresDatabase store = Stores.druid(postgres.local(), postgres.settings(database));
        String later = "20261125-020000-restore";
        store.createSide(store.names().fresh(later));
        store.swap(store.names().fresh(later), store.names().old(later));

        swap.drop(RUN);

        store.swapBack(store.names().old(later), store.names().aside(later));
        store.drop(store.names().aside(later));
        assertThat(swap.isDone(RUN)).isFalse();
        assertThat(postgres.query(database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dolmen%'"))
                .isEqualTo("0");
    }

    @Test
    void a_dump_that_is_cut_or_that_has_columns_which_the_stack_lacks_changes_nothing() throws Exception {
        change();
        String before = postgres.query(database, WIKI);
        Path cut = folder.resolve("cut.sql");
        String script = Dumps.script();
        Files.writeString(cut, script.substring(0, script.indexOf("COPY public.druid_segments") + 400));
        assertThatThrownBy(() -> swap.swapIn(cut, WANTED, RUN)).isInstanceOf(StepFailure.Damaged.class);
        postgres.execute(database, "ALTER TABLE druid_segments DROP COLUMN partitioned");
        assertThatThrownBy(this::exchange)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("cannot exchange the rows of [wiki]");

        assertThat(postgres.query(database, WIKI)).isEqualTo(before);
        assertThat(swap.isDone(RUN)).isFalse();
    }

    private void exchange() {
        swap.swapIn(Dumps.SCRIPT, WANTED, RUN);
    }

    /** A segment is lost, another is not used any more, and one came since. */
    private void change() {
        postgres.execute(
                database,
                "INSERT INTO druid_segments SELECT 'wiki_new', datasource, created_date, start, \"end\", partitioned,"
                        + " version, true, payload FROM druid_segments WHERE datasource = 'wiki' LIMIT 1;"
                        + "DELETE FROM druid_segments WHERE id = (SELECT min(id) FROM druid_segments WHERE datasource ="
                        + " 'wiki' AND used);"
                        + "UPDATE druid_segments SET used = false WHERE id = (SELECT min(id) FROM druid_segments WHERE"
                        + " datasource = 'wiki' AND used AND id <> 'wiki_new');"
                        + "INSERT INTO druid_pendingsegments (id, datasource, created_date, start, \"end\", sequence_name,"
                        + " sequence_prev_id, sequence_name_prev_id_sha1, payload)"
                        + " VALUES ('p', 'wiki', '', '', '', '', '', 'x', '')");
    }

    private PostgresClient client() {
        return new PostgresClient(postgres.local(), postgres.settings(database));
    }
}
