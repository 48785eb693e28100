package dolmen.database.postgres;

import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a dump only to see whether the server takes it, into a database with a random name, since plans hold no lock and several
 * may go on at a time. What a killed run left is dropped by the next run, and by the first trial a day later.
 */
final class TrialLoad {
    private static final Logger LOG = LoggerFactory.getLogger(TrialLoad.class);
    private static final Duration OLD = Duration.ofDays(1);

    private final PostgresDatabase database;
    private final Databases databases;

    TrialLoad(PostgresDatabase database, Databases databases) {
        this.database = database;
        this.databases = databases;
    }

    /** What the server says when it does not take the dump; nothing of it stays. */
    Optional<String> of(Path dump, DumpSummary expected, Meter meter) {
        dropOld();
        String side = database.names().trial(Instant.now());
        try {
            database.createSide(side);
            database.loadSide(side, dump, expected, meter);
            return Optional.empty();
        } catch (Failed | Refused refused) {
            LOG.info("{} was not taken: {}", dump, refused.getMessage());
            return Optional.of(refused.getMessage());
        } finally {
            databases.drop(side);
        }
    }

    private void dropOld() {
        Instant old = Instant.now().minus(OLD);
        databases.names().stream()
                .filter(name -> SideNames.triedAt(name).filter(old::isAfter).isPresent())
                .forEach(this::dropOld);
    }

    /** One of another user's, on a server that several stacks share, stays: it only takes room, so no trial fails for it. */
    private void dropOld(String trial) {
        try {
            databases.drop(trial);
        } catch (StepFailure refused) {
            LOG.warn("{} HINT: {}", refused.getMessage(), refused.hint());
        }
    }
}
