package dolmen.druid;

import dolmen.model.DruidState;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One look at a stack: whether a coordinator and an overlord lead, the bytes of all segments that must be loaded, what
 * the API says of every datasource, how each expected datasource fares, and the datasources that nobody expects.
 */
record ClusterState(
        boolean coordinatorLeads,
        Overlord overlord,
        boolean sqlSpoken,
        long bytes,
        DruidState state,
        SortedMap<String, DatasourceMatch> matches,
        List<String> strangers) {
    ClusterState {
        matches = Collections.unmodifiableSortedMap(new TreeMap<>(matches));
        strangers = List.copyOf(strangers);
    }

    /** True when the stack serves what is expected and can work. */
    boolean holds(boolean newerAllowed) {
        return coordinatorLeads
                && overlord != Overlord.ABSENT
                && (newerAllowed || strangers.isEmpty())
                && matches.values().stream().allMatch(match -> match.holds(newerAllowed));
    }

    long shown() {
        return matches.values().stream().filter(DatasourceMatch::shown).count();
    }

    /** The expected segments, without those that are gone or left out by Druid's own rules. */
    long expected() {
        return matches.values().stream()
                .mapToLong(match -> match.expected() - match.gone() - match.dropped() - match.left())
                .sum();
    }

    long available() {
        return matches.values().stream()
                .mapToLong(match -> Math.max(0, match.known() - match.unavailable() - match.left()))
                .sum();
    }

    /** Whether an overlord leads; at a coordinator that is no overlord too, nobody can say. */
    enum Overlord {
        LEADS,
        ABSENT,
        UNKNOWN
    }
}
