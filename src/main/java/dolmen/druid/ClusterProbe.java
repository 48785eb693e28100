package dolmen.druid;

import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.UnusedSegments;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Looks at a whole stack once. Numbers of segments come from the coordinator, which is first made to read the metadata
 * store; rows come from the broker. Memory is flat: one datasource at a time, each list streamed.
 */
final class ClusterProbe {
    private final DruidApi api;
    private final UnusedSegments unused;
    /** Null until the first reading has asked whether the address has SQL. */
    private Optional<DruidSql> sql;

    ClusterProbe(DruidApi api, UnusedSegments unused) {
        this.api = api;
        this.unused = unused;
    }

    ClusterState take(Expectation expectation) {
        if (sql == null) {
            sql = api.sql();
        }
        DruidStatus status = api.status();
        boolean coordinatorLeads = api.coordinatorLeader().isPresent();
        SortedSet<String> shown = new TreeSet<>(api.refreshedLoad().keySet());
        shown.retainAll(api.datasources());
        SortedMap<String, DatasourceRows> rows = sql.map(DruidSql::rows).orElseGet(TreeMap::new);

        Supplier<RuleForecast> rules = RuleForecast.live(api);
        SortedMap<String, DatasourceState> states = new TreeMap<>();
        SortedMap<String, DatasourceMatch> matches = new TreeMap<>();
        long bytes = 0;
        SortedSet<String> names = new TreeSet<>(expectation.datasources());
        shown.stream().filter(expectation::concerns).forEach(names::add);
        for (String name : names) {
            ExpectedDatasource expected = expectation.datasource(name);
            ShownDatasource datasource = shown.contains(name)
                    ? ShownDatasource.of(api, unused, rules, name, expectation)
                    : ShownDatasource.none(unused, rules, name, expected);
            bytes += datasource.bytes();
            Optional<DatasourceRows> known = Optional.ofNullable(rows.get(name));
            if (datasource.isShown()) {
                states.put(name, datasource.state(known.flatMap(counted -> counted.rowsOf(datasource.uncovered()))));
            }
            if (expected.size() > 0) {
                matches.put(name, match(name, datasource, expectation, known));
            }
        }
        List<String> strangers = states.keySet().stream()
                .filter(name -> !matches.containsKey(name))
                .toList();
        DruidState state = new DruidState(status.version(), status.modules(), states);
        return new ClusterState(coordinatorLeads, overlord(), sql.isPresent(), bytes, state, matches, strangers);
    }

    private ClusterState.Overlord overlord() {
        if (api.overlordLeader().isPresent()) {
            return ClusterState.Overlord.LEADS;
        }
        return sql.isPresent() ? ClusterState.Overlord.ABSENT : ClusterState.Overlord.UNKNOWN;
    }

    private DatasourceMatch match(
            String name, ShownDatasource datasource, Expectation expectation, Optional<DatasourceRows> known) {
        long visible = datasource.uncovered();
        boolean brokerAgrees = known.map(rows -> rows.segments() == visible
                        && rows.unavailable() >= datasource.left()
                        && rows.unavailable() <= datasource.left() + datasource.absent())
                .orElse(visible == 0);
        Optional<Boolean> queried = Optional.empty();
        if (sql.isPresent() && datasource.unavailable() == 0) {
            queried = Optional.of(brokerAgrees && isQueried(name, known));
        }
        return new DatasourceMatch(
                datasource.isShown(),
                expectation.segments(name),
                datasource.gone(),
                datasource.dropped(),
                datasource.lost(),
                datasource.replaced(),
                datasource.newer(),
                datasource.unavailable(),
                datasource.left(),
                datasource.absent() > 0 ? Optional.empty() : expectation.rows(name),
                known.map(DatasourceRows::rows),
                queried);
    }

    private boolean isQueried(String name, Optional<DatasourceRows> known) {
        boolean empty = known.map(DatasourceRows::rows).orElse(0L) == 0;
        return empty || sql.orElseThrow().answers(name);
    }
}
