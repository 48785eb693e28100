package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.DumpSummary;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SwapTest {
    private static int count;

    private PostgresFixture postgres;
    private DumpSummary dump;
    private String database;
    private String side;
    private String kept;
    private String aside;
    private PostgresDatabase store;

    @BeforeEach
    void start() throws Exception {
        postgres = PostgresFixture.shared();
        database = "swap" + count++;
        store = Stores.druid(postgres.local(), postgres.settings(database));
        side = store.names().fresh("r1");
        kept = store.names().old("r1");
        aside = store.names().aside("r1");
        dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        postgres.fill(database, Dumps.KILLED_BETWEEN);
        store.createSide(side);
        store.loadSide(side, Dumps.SCRIPT, dump);
    }

    @Test
    @Tag("MD-13")
    void sessions_that_are_held_open_are_ended() throws Exception {
        Process session = postgres.hold(database);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> sessions() > 0);

        store.swap(side, kept);

        assertThat(session.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(session.exitValue()).isNotZero();
        assertThat(store.rows(database)).isEqualTo(dump.rows());
    }

    @Test
    @Tag("MD-13")
    void clients_that_connect_again_at_once_cannot_stop_it() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicInteger connected = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(new Thread(() -> {
                while (going.get()) {
                    holdUntilEnded();
                    connected.incrementAndGet();
                }
            }));
        }
        clients.forEach(Thread::start);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> sessions() > 1);
            store.swap(side, kept);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> connected.get() > 3);
        } finally {
            going.set(false);
            postgres.execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
            postgres.execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
            for (Thread client : clients) {
                client.join();
            }
            postgres.execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
        }
        assertThat(store.rows(database)).isEqualTo(dump.rows());
        assertThat(store.rows(kept)).containsEntry("druid_segments", before());
    }

    private void holdUntilEnded() {
        try {
            postgres.hold(database).waitFor();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

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

    @Test
    void a_kept_database_in_use_is_dropped_all_the_same() throws Exception {
        store.swap(side, kept);
        Process session = postgres.hold(kept);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !postgres.query(
                                "postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + kept + "'")
                        .equals("0"));

        store.drop(kept);

        assertThat(session.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(store.exists(kept)).isFalse();
    }

    private int sessions() {
        return Integer.parseInt(
                postgres.query("postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'"));
    }

    private static long before() {
        return new PostgresDumps()
                .read(Dumps.KILLED_BETWEEN, segment -> {})
                .rows()
                .get("druid_segments");
    }
}
