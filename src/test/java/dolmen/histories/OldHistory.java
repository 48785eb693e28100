package dolmen.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.histories.UpdatedStack.Ended;
import dolmen.histories.standins.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Makes the data of {@link UpdateTest} by an older Dolmen, which no build does by itself: {@code mvn test
 * -Dtest=OldHistory -Ddolmen.update.home=FOLDER}, the folder being the unpacked tar.gz of that version. It takes full,
 * incremental, uploaded and streamed backups, prunes one whose archive is needed, restores one and keeps its safety copy,
 * gives up once, and is killed between the swaps of a restore.
 */
class OldHistory {
    private static final String WAITING = "FROM pg_locks WHERE NOT granted";

    @Test
    void an_older_dolmen_begins_a_history() throws Exception {
        Path old =
                Path.of(System.getProperty("dolmen.update.home"), "bin/dolmen").toAbsolutePath();
        try (UpdatedStack stack = new UpdatedStack()) {
            stack.by(List.of(old.toString()));
            stack.fill();
            begin(stack);
            killBetweenTheSwaps(stack);
            UpdateData.save(stack);
        }
    }

    private static void begin(UpdatedStack stack) throws Exception {
        stack.publish("clicks", 1, 0, 40);
        stack.publish("wiki", 1, 0, 50);
        stack.succeeds(Map.of(), "backup", "--full");
        stack.publish("clicks", 1, 1, 40);
        stack.succeeds(Map.of(), "backup", "--incremental");
        stack.publish("wiki", 2, 0, 60);
        stack.succeeds(Map.of(), "backup", "--incremental");
        stack.succeeds(Map.of("retention.keep-last", "2"), "prune");
        List<String> kept = stack.labels();
        assertThat(kept).hasSize(2);
        stack.succeeds(stack.bucket(), "upload", kept.get(1));
        Map<String, String> streamed = new TreeMap<>(stack.bucket());
        streamed.put("storage.stage", "none");
        stack.succeeds(streamed, "backup", "--full");
        stack.succeeds(Map.of(), "restore", kept.get(0), "--yes");
        Ended gaveUp = stack.run(Map.of("druid.url", "http://127.0.0.1:9"), "backup", "--full");
        assertThat(gaveUp.status()).as(gaveUp.output()).isEqualTo(1);
    }

    /** The services take long to stop, and meanwhile another session locks what the swap of the metadata needs. */
    private static void killBetweenTheSwaps(UpdatedStack stack) throws Exception {
        Files.createFile(stack.hold());
        Process restore = stack.start(
                Map.of(),
                UpdatedStack.PLACE.resolve("killed"),
                "restore",
                stack.labels().get(1),
                "--yes");
        within(() -> !stack.down().isEmpty());
        try (Sessions superuser = new Sessions(stack.postgres.port(), "postgres", PostgresFixture.PASSWORD)) {
            superuser.with("postgres", session -> {
                session.setAutoCommit(false);
                try (Statement statement = session.createStatement()) {
                    statement.execute("LOCK TABLE pg_database IN SHARE MODE");
                    Files.delete(stack.hold());
                    within(() -> count(statement, WAITING) == 1);
                    restore.destroyForcibly().waitFor();
                    statement.execute("SELECT pg_terminate_backend(pid) " + WAITING);
                    within(() -> count(statement, WAITING) == 0);
                } catch (IOException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                }
                session.rollback();
                session.setAutoCommit(true);
                return null;
            });
        }
    }

    private static int count(Statement statement, String from) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void within(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
    }
}
