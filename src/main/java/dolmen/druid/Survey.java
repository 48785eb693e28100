package dolmen.druid;

import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at a whole stack once. Numbers of segments come from the coordinator, which is first made to read the metadata
 * store; rows come from the broker. Memory is flat: one datasource at a time, each list streamed.
 */
final class Survey {
    private final DruidApi api;
    private Optional<DruidSql> sql;

    Survey(DruidApi api) {
        this.api = api;
    }

    Reading take(Expectation expectation) {
        if (sql == null) {
            sql = api.sql();
        }
        DruidStatus status = api.status();
        boolean coordinatorLeads = api.coordinatorLeader().isPresent();
        SortedSet<String> shown = new TreeSet<>(api.refreshedLoad().keySet());
        shown.retainAll(api.datasources());
        SortedMap<String, DatasourceRows> rows = sql.map(DruidSql::rows).orElseGet(TreeMap::new);

        SortedMap<String, DatasourceState> states = new TreeMap<>();
        SortedMap<String, DatasourceMatch> matches = new TreeMap<>();
        long bytes = 0;
        SortedSet<String> names = new TreeSet<>(expectation.datasources());
        shown.stream().filter(expectation::concerns).forEach(names::add);
        for (String name : names) {
            Counts counts = shown.contains(name) ? count(name, expectation.ids(name)) : Counts.NONE;
            bytes += counts.bytes();
            Optional<DatasourceRows> known = Optional.ofNullable(rows.get(name));
            if (counts.total() > 0) {
                states.put(name, counts.state(known));
            }
            if (expectation.segments(name) > 0) {
                matches.put(name, match(name, expectation, counts, known));
            }
        }
        List<String> strangers = states.keySet().stream()
                .filter(name -> !matches.containsKey(name))
                .toList();
        DruidState state = new DruidState(status.version(), status.modules(), states);
        return new Reading(coordinatorLeads, overlord(), sql.isPresent(), bytes, state, matches, strangers);
    }

    private Reading.Overlord overlord() {
        if (api.overlordLeader().isPresent()) {
            return Reading.Overlord.LEADS;
        }
        return sql.isPresent() ? Reading.Overlord.ABSENT : Reading.Overlord.UNKNOWN;
    }

    private Counts count(String name, Fingerprints expected) {
        long[] counted = new long[4];
        BitSet seen = new BitSet(expected.size());
        api.usedSegments(name, segment -> {
            int position = expected.position(segment.id());
            counted[0]++;
            counted[1] += segment.overshadowed() ? 1 : 0;
            counted[2] += position < 0 ? 1 : 0;
            counted[3] += segment.overshadowed() ? 0 : segment.size();
            if (position >= 0) {
                seen.set(position);
            }
        });
        OptionalLong unavailable = api.unavailable(name);
        return new Counts(
                unavailable.isPresent() ? counted[0] : 0,
                counted[1],
                counted[2],
                seen.cardinality(),
                unavailable.orElse(0),
                counted[3]);
    }

    private DatasourceMatch match(String name, Expectation expectation, Counts counts, Optional<DatasourceRows> known) {
        long expected = expectation.segments(name);
        long visible = counts.total() - counts.overshadowed();
        boolean brokerAgrees = known.map(rows -> rows.segments() == visible && rows.unavailable() == 0)
                .orElse(visible == 0);
        Optional<Boolean> queried = Optional.empty();
        if (sql.isPresent() && counts.unavailable() == 0) {
            queried = Optional.of(brokerAgrees && isQueried(name, known));
        }
        return new DatasourceMatch(
                counts.total() > 0,
                expected,
                expected - counts.known(),
                expectation.mayBeGone(name),
                counts.newer(),
                counts.unavailable(),
                expectation.rows(name),
                known.map(DatasourceRows::rows),
                queried);
    }

    private boolean isQueried(String name, Optional<DatasourceRows> known) {
        boolean empty = known.map(DatasourceRows::rows).orElse(0L) == 0;
        return empty || sql.orElseThrow().answers(name);
    }

    /** What was counted of one datasource. */
    private record Counts(long total, long overshadowed, long newer, long known, long unavailable, long bytes) {
        private static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        DatasourceState state(Optional<DatasourceRows> rows) {
            return new DatasourceState(total, overshadowed, unavailable, rows.map(DatasourceRows::rows));
        }
    }
}
