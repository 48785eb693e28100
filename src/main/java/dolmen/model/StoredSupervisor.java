package dolmen.model;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A supervisor as the newest row of the metadata store has it: its id, the datasources that it feeds, its state,
 * and the hash of its spec.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/development/extensions-core/kafka-supervisor-operations.html">Druid:
 *     supervisor operations</a>
 */
public record StoredSupervisor(String id, SortedSet<String> datasources, State state, Checksum spec) {
    public StoredSupervisor {
        datasources = Collections.unmodifiableSortedSet(new TreeSet<>(datasources));
    }

    /** What Druid would do with it when it starts. */
    public enum State {
        RUNNING,
        SUSPENDED,
        /** It was terminated; Druid keeps a tombstone. */
        TERMINATED,
        /** Its payload is not JSON: an overlord cannot take the lead with it. */
        UNREADABLE
    }

    /** True when it is not terminated. */
    public boolean exists() {
        return state != State.TERMINATED;
    }
}
