package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metadata.DatasourceRows;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.stack.Mark;
import dolmen.stack.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What psql goes on with in a real PostgreSQL after its Dolmen was killed is ended before anything is judged. */
@Tag("T7")
class OrphanedSessionsTest {
    private static final RunMark RUN = new RunMark("20261124-020000-restore");
    private static final String USED = "SELECT count(*) FROM druid_segments WHERE used";
    private static int count;

    @TempDir
    private Path scratch;

    private final List<Process> clients = new ArrayList<>();
    private PostgresFixture postgres;
    private String database;
    private String owner;

    @BeforeEach
    void a_filled_database() throws Exception {
        postgres = PostgresFixture.shared();
        owner = "owner" + count;
        database = "orphaned" + count++;
        postgres.fill(database, Dumps.SCRIPT);
    }

    @AfterEach
    void end_the_clients() {
        clients.forEach(Process::destroyForcibly);
    }

    @Test
    void T7_a_session_that_waits_for_a_lock_is_ended_and_its_rows_stay_as_they_were() throws Exception {
        String before = postgres.query(database, USED);
        Process holder = client("holder", "LOCK TABLE druid_segments IN SHARE MODE; SELECT pg_sleep(600)");
        await().until(() -> !sessions("holder").equals("0"));
        Process orphan = client(mark(owner).ofRuns(), "UPDATE druid_segments SET used = false");
        Process other = client(mark("another").ofRuns(), "SELECT pg_sleep(600)");
        Process reader = client("dolmen/" + owner + "/read", "SELECT pg_sleep(600)");
        await().until(() -> sessions(mark(owner).ofRuns()).equals("1")
                && sessions(mark("another").ofRuns()).equals("1")
                && sessions("dolmen/" + owner + "/read").equals("1"));
        orphan.destroyForcibly().waitFor();
        assertThat(sessions(mark(owner).ofRuns()))
                .as("goes on without its client")
                .isEqualTo("1");

        EarlierRuns earlier = new EarlierRuns(host(owner), postgres.settings(database));

        assertThat(earlier.end())
                .containsExactly("ended what earlier runs had left in PostgreSQL of postgres: 1 session");
        assertThat(sessions(mark(owner).ofRuns())).isEqualTo("0");
        assertThat(other.isAlive() && reader.isAlive()).isTrue();
        assertThat(earlier.end()).isEmpty();
        postgres.execute(
                "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'");
        holder.waitFor();
        assertThat(postgres.query(database, USED)).isEqualTo(before);
    }

    @Test
    @Tag("T16")
    void a_database_in_which_a_killed_process_tried_a_dump_is_dropped_unless_somebody_is_at_it() throws Exception {
        SideNames names = new SideNames(database);
        String left = names.trial(Instant.now());
        String busy = names.trial(Instant.now());
        for (String name : List.of(left, busy, names.fresh(RUN))) {
            postgres.execute("postgres", "CREATE DATABASE \"" + name + "\" OWNER druid");
        }
        Process plan = postgres.client(busy, "reader", "SELECT pg_sleep(600)");
        clients.add(plan);
        await().until(() -> postgres.query(
                        "postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + busy + "'")
                .equals("1"));

        assertThat(new EarlierRuns(host(owner), postgres.settings(database)).end())
                .containsExactly("dropped database " + left + ", in which a dump was tried");

        assertThat(plan.isAlive()).isTrue();
        assertThat(postgres.query(
                        "postgres",
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + database + "_dolmen_%' ORDER BY 1"))
                .isEqualTo(names.fresh(RUN) + "\n" + busy);
    }

    @Test
    void T7_sessions_say_whose_they_are_and_rows_lie_in_the_state_folder_for_their_owner_alone() throws Exception {
        client("locker", "LOCK TABLE druid_segments IN SHARE MODE; SELECT pg_sleep(600)");
        await().until(() -> !sessions("locker").equals("0"));
        DatasourceRows swap = new PostgresMetadata(host(owner), postgres.settings(database)).datasources();
        CompletableFuture<Void> exchange = CompletableFuture.runAsync(
                () -> swap.swapIn(Dumps.SCRIPT, new TreeSet<>(List.of("wiki")), RUN, Meter.NONE));

        await().until(() -> waiting().equals("1"));

        assertThat(sessions("dolmen/" + owner + "/run")).isEqualTo("1");
        List<Path> files = files();
        assertThat(files).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.get(0))))
                .isEqualTo("rw-------");
        postgres.execute(
                "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'locker'");
        exchange.get(1, TimeUnit.MINUTES);
        assertThat(files()).isEmpty();
        assertThat(swap.isDone(RUN)).isTrue();
    }

    @Test
    void T7_where_nobody_is_let_in_a_recovery_that_needs_no_database_goes_on() {
        EarlierRuns wrong = new EarlierRuns(host(owner), postgres.settings(database, "druid", "wrong"));

        assertThat(wrong.end()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(scratch)) {
            return files.toList();
        }
    }

    private String sessions(String name) {
        return postgres.query(
                "postgres",
                "SELECT count(*) FROM pg_stat_activity WHERE application_name =" + Sql.literal(name)
                        + " AND datname = '" + database + "'");
    }

    private String waiting() {
        return postgres.query(
                "postgres",
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '" + database
                        + "'");
    }

    private Mark mark(String of) {
        return new Mark(() -> of, () -> true, () -> scratch);
    }

    private MemoryHost host(String of) {
        return postgres.local(mark(of));
    }

    private Process client(String name, String sql) throws IOException {
        Process client = postgres.client(database, name, sql);
        clients.add(client);
        return client;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
