package dolmen.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StoredSupervisor.State;
import dolmen.model.TaskRows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for every store of Druid's metadata as a whole. */
public abstract class DruidMetadataContract extends DumpContract {
    @Test
    void a_swap_is_taken_back_as_often_as_one_asks() {
        loadWithout("wiki_1");
        store.swapBack(RUN);
        assertThat(used(store.live())).hasSize(1);

        store.swap(RUN);
        store.swap(RUN);
        assertThat(used(store.live())).hasSize(2);
        assertThat(used(store.replaced(RUN))).containsExactly("clicks clicks_1");

        store.swapBack(RUN);
        store.swapBack(RUN);
        assertThat(used(store.live())).containsExactly("clicks clicks_1");
        assertThat(store.replaced(RUN).exists()).isFalse();

        store.dropLoaded(RUN);
        store.dropLoaded(RUN);
        assertThat(store.leftovers())
                .noneMatch(name -> name.startsWith(store.live().name() + "_"));
    }

    @Test
    void what_a_swap_replaced_is_dropped_for_good() {
        loadWithout("wiki_1");
        store.swap(RUN);

        store.dropReplaced(RUN);
        store.dropReplaced(RUN);

        assertThat(store.replaced(RUN).exists()).isFalse();
        assertThat(used(store.live())).hasSize(2);
    }

    @Test
    void nothing_is_swapped_where_nothing_was_loaded() {
        assertThatThrownBy(() -> store.swap(RUN)).isInstanceOf(Failed.class);

        assertThat(used(store.live())).hasSize(2);
    }

    @Test
    void a_fresh_server_gets_its_first_database_and_loses_it_again() {
        loadWithout("wiki_1");
        druid.dropLive();
        assertThat(store.live().exists()).isFalse();
        assertThat(store.server().hasDatabase()).isFalse();

        store.swap(RUN);
        assertThat(used(store.live())).hasSize(2);

        store.swapBack(RUN);
        assertThat(used(store.live())).isEmpty();
    }

    @Test
    void what_was_loaded_is_cleaned_and_the_live_database_is_not() {
        Path file = folder.resolve("dump");
        DumpSummary dump = store.dump(file, warning -> {}, Meter.NONE);
        store.load(RUN, file, dump, Meter.NONE);
        MetadataDatabase loaded = store.loaded(RUN);

        assertThat(loaded.resetTasks(dump)).isEqualTo(new TaskRows(1, 1, 1));
        assertThat(loaded.resetTasks(dump)).isEqualTo(new TaskRows(1, 1, 1));
        assertThat(loaded.suspendSupervisors()).containsExactly("clicks");
        assertThat(loaded.suspendSupervisors()).isEmpty();
        LoadRules rules = new LoadRules("[{\"type\":\"loadForever\"}]", CREATED);
        loaded.give(rules, List.of("wiki", "clicks"));
        loaded.give(rules, List.of("wiki", "clicks"));

        assertThat(loaded.contents().past()).isEqualTo(TaskRows.NONE);
        assertThat(loaded.contents().supervisors().get("clicks").state()).isEqualTo(State.SUSPENDED);
        assertThat(loaded.contents().rules().values()).containsOnly(rules.json());
        assertThat(store.live().contents().past()).isEqualTo(new TaskRows(1, 1, 1));
        assertThat(store.live().contents().rules()).containsOnlyKeys("wiki");
    }

    @Test
    void what_is_not_druids_is_lost_where_a_dump_lacks_it_or_has_it_otherwise() {
        druid.foreignTable("orders", 2);
        Path file = folder.resolve("dump");
        store.dump(file, warning -> {}, Meter.NONE);
        assertThat(store.live().foreign().lostTo(store.dumps().foreign(file))).isEmpty();

        druid.foreignTable("orders", 3);
        druid.foreignTable("reports", 1);

        assertThat(store.live().foreign().lostTo(store.dumps().foreign(file)))
                .containsExactly("table orders", "table reports");
        ForeignObjects live = store.live().foreign();
        assertThat(live.isDruids("orders", live)).isFalse();
        assertThat(live.isDruids("druid_segments", live)).isTrue();
    }

    /** Loads what is there, and then a segment goes from the live database. */
    private void loadWithout(String killed) {
        Path file = folder.resolve("dump");
        store.load(RUN, file, store.dump(file, warning -> {}, Meter.NONE), Meter.NONE);
        druid.kill(killed);
    }
}
