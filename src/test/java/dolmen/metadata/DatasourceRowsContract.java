package dolmen.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.CountingMeter;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds in every store for the rows of single datasources. */
public abstract class DatasourceRowsContract {
    private static final Instant THEN = Instant.parse("2026-11-24T01:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-24T05:00:00Z");
    private static final RunMark RUN = new RunMark("20261124-020000-000-restore-datasources");
    private static final SortedSet<String> WIKI = new TreeSet<>(List.of("wiki"));

    @TempDir
    Path folder;

    private DruidMetadata store;
    private DruidRows druid;
    private DatasourceRows rows;
    private Path dump;

    /** A store with Druid's tables, all of them empty. */
    protected abstract DruidMetadata store() throws Exception;

    /** What writes into that one. */
    protected abstract DruidRows druid();

    @BeforeEach
    void a_dump_and_a_datasource_that_has_changed_since() throws Exception {
        store = store();
        druid = druid();
        rows = store.datasources();
        dump = folder.resolve("dump");
        druid.segment("wiki_1", "wiki", THEN, 10);
        druid.segment("clicks_1", "clicks", THEN, 30);
        druid.offsets("wiki", "{\"0\":5}");
        druid.rules("wiki", "2026-11-24T01:00:00.000Z", "[]");
        store.dump(dump, warning -> {}, Meter.NONE);
        druid.kill("wiki_1");
        druid.segment("wiki_2", "wiki", LATER, 20);
        druid.segment("clicks_2", "clicks", LATER, 40);
        druid.offsets("wiki", "{\"0\":9}");
        druid.task("wiki");
    }

    @Test
    void the_rows_of_the_datasource_become_those_of_the_dump_and_no_others() {
        rows.swapIn(dump, WIKI, RUN, Meter.NONE);
        rows.swapIn(dump, WIKI, RUN, Meter.NONE);

        assertThat(rows.isDone(RUN)).isTrue();
        assertThat(used()).containsExactly("clicks_1", "clicks_2", "wiki_1");
        assertThat(store.live().contents().offsets()).containsEntry("wiki", "{\"0\":5}");
        assertThat(store.live().contents().past().pendingSegments()).isZero();
    }

    @Test
    void what_is_read_and_loaded_is_announced_and_counted() {
        CountingMeter meter = new CountingMeter();

        rows.swapIn(dump, WIKI, RUN, meter);

        assertThat(meter.done())
                .isEqualTo(meter.expected())
                .isGreaterThanOrEqualTo(dump.toFile().length());
    }

    @Test
    void an_exchange_is_taken_back_once_and_for_all() {
        rows.swapBack(RUN);
        rows.swapIn(dump, WIKI, RUN, Meter.NONE);

        rows.swapBack(RUN);
        rows.swapBack(RUN);

        assertThat(rows.isDone(RUN)).isFalse();
        assertThat(used()).containsExactly("clicks_1", "clicks_2", "wiki_2");
        assertThat(store.live().contents().offsets()).containsEntry("wiki", "{\"0\":9}");
        assertThat(store.live().contents().past().pendingSegments()).isEqualTo(1);
    }

    @Test
    void what_came_since_would_be_hidden_and_what_was_before_comes_back() {
        rows.swapIn(dump, WIKI, RUN, Meter.NONE);
        assertThat(cameSince()).isEmpty();
        druid.segment("wiki_3", "wiki", LATER, 10);
        druid.segment("clicks_3", "clicks", LATER, 10);
        druid.segment("wiki_1", "wiki", LATER, 11);

        assertThat(cameSince()).containsExactly("wiki wiki_1", "wiki wiki_3");
        SortedSet<String> back = new TreeSet<>();
        rows.comeBack(RUN).forEach(segment -> back.add(segment.id()));
        assertThat(back).containsExactly("wiki_2");

        rows.swapBack(RUN);
        assertThat(used()).containsExactly("clicks_1", "clicks_2", "clicks_3", "wiki_2");
    }

    @Test
    void a_segment_that_got_the_place_of_one_of_before_is_named() {
        rows.swapIn(dump, WIKI, RUN, Meter.NONE);
        assertThat(replacedSince()).isEmpty();

        druid.kill("wiki_2");
        druid.segment("wiki_2", "wiki", LATER.plusSeconds(60), 21);

        assertThat(replacedSince()).containsExactly("wiki_2");
    }

    @Test
    void rules_come_where_there_are_none_and_go_with_the_exchange() {
        SortedSet<String> both = new TreeSet<>(List.of("clicks", "wiki"));
        LoadRules forever = new LoadRules("[{\"type\":\"loadForever\"}]", LATER);

        rows.bringRules(dump, both, RUN, Optional.of(forever));
        rows.bringRules(dump, both, RUN, Optional.of(forever));

        assertThat(rows.broughtRules(RUN)).containsOnlyKeys("clicks", "wiki").containsValue(forever.json());
        assertThat(store.live().contents().rules().values()).containsOnly(forever.json());

        rows.swapBack(RUN);
        assertThat(store.live().contents().rules()).containsOnlyKeys("wiki").containsEntry("wiki", "[]");
    }

    @Test
    void rules_that_are_there_stay() {
        druid.rules("wiki", "2026-11-24T06:00:00.000Z", "[{\"type\":\"dropForever\"}]");

        rows.bringRules(dump, WIKI, RUN, Optional.empty());

        assertThat(rows.broughtRules(RUN)).isEmpty();
        assertThat(store.live().contents().rules()).containsEntry("wiki", "[{\"type\":\"dropForever\"}]");
    }

    @Test
    void what_is_kept_is_in_no_dump_and_goes_when_it_is_dropped() {
        rows.swapIn(dump, WIKI, RUN, Meter.NONE);
        Path later = folder.resolve("later");

        assertThat(store.dump(later, warning -> {}, Meter.NONE).rows().keySet())
                .isEqualTo(store.live().rows().keySet());
        assertThat(store.live().foreign().lostTo(store.dumps().foreign(later))).isEmpty();
        rows.drop(RUN);
        rows.drop(RUN);

        assertThat(rows.isDone(RUN)).isFalse();
        assertThat(used()).containsExactly("clicks_1", "clicks_2", "wiki_1");
    }

    @Test
    void what_was_dropped_does_not_come_back_with_a_database_that_a_later_restore_keeps() {
        RunMark next = new RunMark("20261125-020000-000-restore");
        rows.swapIn(dump, WIKI, RUN, Meter.NONE);
        store.load(next, dump, store.dumps().read(dump, segment -> {}), Meter.NONE);
        store.swap(next);

        rows.drop(RUN);
        store.swapBack(next);

        assertThat(rows.isDone(RUN)).isFalse();
        assertThat(used()).containsExactly("clicks_1", "clicks_2", "wiki_1");
    }

    private SortedSet<String> used() {
        SortedSet<String> used = new TreeSet<>();
        store.live().usedSegments((datasource, id) -> used.add(id));
        return used;
    }

    private SortedSet<String> cameSince() {
        SortedSet<String> came = new TreeSet<>();
        rows.cameSince(RUN, (datasource, id) -> came.add(datasource + " " + id));
        return came;
    }

    private SortedSet<String> replacedSince() {
        SortedSet<String> replaced = new TreeSet<>();
        rows.replacedSince(RUN, replaced::add);
        return replaced;
    }
}
