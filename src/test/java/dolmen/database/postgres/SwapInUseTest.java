package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Databases that are in use while they are swapped or dropped. */
class SwapInUseTest extends SideDatabase {
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
}
