package dolmen.database.postgres;

import dolmen.model.StepFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of a server that earlier runs left. A session whose client was killed while it waits for a lock goes on when
 * it gets the lock, and commits: so nothing can be said of the database before they have ended.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final PostgresClient client;
    private final String mark;

    Sessions(PostgresClient client, String mark) {
        this.client = client;
        this.mark = mark;
    }

    /** Returns when none is left, with how many there were; throws {@code Failed} when one does not end. */
    int end() {
        int found = terminate();
        int left = found;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (left > 0) {
            if (System.nanoTime() > deadline) {
                throw new StepFailure.Failed(
                        left + " sessions that an earlier run opened in PostgreSQL do not end",
                        "Look at pg_stat_activity for the application_name " + mark + ", then run `dolmen recover`.");
            }
            LockSupport.parkNanos(POLL.toNanos());
            left = terminate();
        }
        if (found > 0) {
            LOG.info("ended {} sessions of earlier runs", found);
        }
        return found;
    }

    private int terminate() {
        return client.maintain("SELECT to_json(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE pid <> pg_backend_pid() AND application_name =" + Sql.literal(mark))
                .size();
    }
}
