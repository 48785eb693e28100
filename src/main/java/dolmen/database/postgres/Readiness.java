package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a server takes queries. */
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

    private final PostgresClient client;
    private final String service;

    Readiness(PostgresClient client, String service) {
        this.client = client;
        this.service = service;
    }

    /** Returns when the server answers a query; throws the last {@code Unavailable} when the limit has passed. */
    void await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                probe();
                return;
            } catch (StepFailure.Unavailable waiting) {
                if (System.nanoTime() > end) {
                    throw waiting;
                }
                LOG.debug("waited: {}", waiting.getMessage());
                pause(waiting);
            }
        }
    }

    /** Whether the server answers a query now; throws when it answers that it lets nobody in. */
    boolean answers() {
        try {
            probe();
            return true;
        } catch (StepFailure.Unavailable silent) {
            LOG.debug("does not answer: {}", silent.getMessage());
            return false;
        }
    }

    /**
     * Throws {@code Unavailable} while the server does not take queries. On its first start the official image runs a server
     * without network, which ends again when the database is made: that one does not count.
     */
    private void probe() {
        Outcome outcome = client.administer(PROBE_LIMIT, OutputStream.nullOutputStream(), "SELECT 1");
        if (!outcome.succeeded()) {
            throw ClientFailure.of("PostgreSQL of " + service + " is not ready", outcome);
        }
        JsonNode addresses = client.maintain("SELECT to_json(current_setting('listen_addresses'))")
                .get(0);
        if (client.inContainer() && addresses.asText().isEmpty()) {
            throw new StepFailure.Unavailable(
                    "PostgreSQL of " + service + " is not ready: it is being initialized",
                    "Wait until it listens to the network.");
        }
    }

    private static void pause(StepFailure.Unavailable waiting) {
        try {
            Thread.sleep(PROBE_INTERVAL.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            waiting.addSuppressed(stopped);
            throw waiting;
        }
    }
}
