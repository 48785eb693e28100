package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.StepFailure;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Host;
import dolmen.stack.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier runs of this Dolmen have left at a PostgreSQL: programs, sessions whose program may be gone, and databases in
 * which a dump was tried. A program or a session goes on by itself as soon as it gets what it waits for, so the state of the
 * databases is known only after both have ended.
 */
public final class EarlierRuns {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierRuns.class);

    private final Host host;
    private final MetadataSettings settings;

    public EarlierRuns(Host host, MetadataSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    /** Returns when none is left, with a line for what was ended. Only for the holder of the lock, before it starts its own. */
    public List<String> end() {
        if (isDown()) {
            return List.of();
        }
        List<String> done = new ArrayList<>(host.endPrograms(settings.service()));
        if (!canBeAsked()) {
            return done;
        }
        int sessions =
                new Sessions(new PostgresClient(host, settings), host.mark().ofRuns()).end();
        if (sessions > 0) {
            done.add("ended what earlier runs had left in PostgreSQL of " + settings.service() + ": " + sessions
                    + (sessions == 1 ? " session" : " sessions"));
        }
        dropTrials().forEach(name -> done.add("dropped database " + name + ", in which a dump was tried"));
        return done;
    }

    /** Leaves out databases with a session: a plan, which holds no lock, may try a dump there just now. */
    private List<String> dropTrials() {
        PostgresClient client = new PostgresClient(host, settings);
        SideNames names = new SideNames(settings.database());
        List<String> trials = client
                .maintain("SELECT to_json(d.datname) FROM pg_database d"
                        + " WHERE NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)")
                .stream()
                .map(JsonNode::asText)
                .filter(names::isTrial)
                .toList();
        Databases databases = new Databases(client, settings.database());
        return trials.stream().filter(name -> isDropped(databases, name)).toList();
    }

    /** Where it cannot be dropped it only takes room, so no run fails for it. */
    private static boolean isDropped(Databases databases, String trial) {
        try {
            databases.drop(trial);
            return true;
        } catch (StepFailure refused) {
            LOG.warn("{} HINT: {}", refused.getMessage(), refused.hint());
            return false;
        }
    }

    /** A server that refuses this user is only logged here: the step that needs the server fails with the reason. */
    private boolean canBeAsked() {
        try {
            if (new Readiness(new PostgresClient(host, settings), settings.service()).answers()) {
                return true;
            }
            LOG.warn("PostgreSQL of {} does not answer: its sessions are ended when it does", settings.service());
        } catch (StepFailure refused) {
            LOG.warn("sessions of earlier runs were not looked for: {} HINT: {}", refused.getMessage(), refused.hint());
        }
        return false;
    }

    /** A container that does not run, or is not there. */
    private boolean isDown() {
        Optional<Service> found = host.find(settings.service());
        return found.isEmpty() || found.get().isContainer() && !found.get().running();
    }
}
