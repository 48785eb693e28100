package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import org.junit.jupiter.api.Test;

class SwapTest extends SideDatabase {
    @Test
    void a_run_that_was_killed_before_the_swap_left_the_old_content() {
        PostgresDatabase next = Stores.druid(postgres.local(), postgres.settings(database));

        assertThat(next.exists(side)).isTrue();
        assertThat(next.exists(kept)).isFalse();
        assertThat(next.leftovers()).contains(side);
        assertThat(next.rows(database)).containsEntry("druid_segments", before());

        next.drop(side);
        next.drop(side);
        assertThat(next.exists(side)).isFalse();
    }

    @Test
    void a_run_that_was_killed_after_the_swap_can_be_taken_back() throws Exception {
        store.swap(side, kept);
        PostgresDatabase next = Stores.druid(postgres.local(), postgres.settings(database));
        assertThat(next.exists(side)).isFalse();
        assertThat(next.exists(kept)).isTrue();

        next.swapBack(kept, aside);

        assertThat(next.rows(database)).containsEntry("druid_segments", before());
        assertThat(next.rows(aside)).isEqualTo(dump.rows());
        assertThat(next.exists(kept)).isFalse();
        next.drop(aside);
        assertThat(next.exists(aside)).isFalse();
    }

    @Test
    void swapping_and_swapping_back_may_be_repeated() {
        store.swap(side, kept);
        store.swap(side, kept);
        assertThat(store.rows(database)).isEqualTo(dump.rows());

        store.swapBack(kept, aside);
        store.swapBack(kept, aside);
        assertThat(store.rows(database)).containsEntry("druid_segments", before());
    }

    @Test
    void both_are_renamed_or_none() {
        postgres.execute("postgres", "CREATE DATABASE \"" + kept + "\"");

        assertThatThrownBy(() -> store.swap(side, kept))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("already exists");

        assertThat(store.exists(side)).isTrue();
        assertThat(store.rows(database)).containsEntry("druid_segments", before());
        assertThat(postgres.query(
                        "postgres", "SELECT datallowconn FROM pg_database WHERE datname = '" + database + "'"))
                .isEqualTo("t");
    }

    @Test
    void a_swap_of_nothing_is_refused() {
        store.drop(side);

        assertThatThrownBy(() -> store.swap(side, kept))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining(side);
        assertThatThrownBy(() -> store.swapBack(kept, aside))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining(kept);
        assertThat(store.rows(database)).containsEntry("druid_segments", before());
    }

    @Test
    void only_databases_of_a_restore_are_dropped() {
        assertThatThrownBy(() -> store.drop(database)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.drop("postgres")).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.exists(database)).isTrue();
    }
}
