package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.SideNames;
import dolmen.database.postgres.Stores;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an exchange of single datasources keeps in a real PostgreSQL, and how it comes back. */
class DatasourcePutBackTest extends ExchangedDatasources {
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

        swap.swapIn(dump, WANTED, RUN, Meter.NONE);
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
    void a_backup_does_not_hold_what_an_exchange_keeps_and_dropping_it_leaves_the_exchanged_rows() {
        change();
        exchange();
        PostgresDatabase store = Stores.druid(postgres.local(), postgres.settings(database));
        Path dump = folder.resolve("dump.sql");
        assertThat(store.dump(dump, warning -> {}, Meter.NONE).rows()).isEqualTo(store.rows(database));
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
        RunMark later = new RunMark("20261125-020000-restore");
        store.createSide(store.names().fresh(later));
        store.swap(store.names().fresh(later), store.names().old(later));

        swap.drop(RUN);

        store.swapBack(store.names().old(later), store.names().aside(later));
        store.drop(store.names().aside(later));
        assertThat(swap.isDone(RUN)).isFalse();
        assertThat(postgres.query(database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'dolmen%'"))
                .isEqualTo("0");
    }
}
