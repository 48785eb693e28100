package dolmen.druid;

import dolmen.model.Counted;
import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.Reason;
import dolmen.model.UnusedSegments;
import dolmen.model.UsedSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the used segments of a fresh dump with what Druid's API says now. Segments that the API has beyond the dump
 * came later, and those that it marked as unused because newer ones overshadow them have gone by its own rule: both are normal.
 * Others that it does not have any more have vanished since, and the caller decides by what the archive holds.
 */
public final class Agreement {
    private final DruidApi api;
    private final UnusedSegments unused;
    private final RowCounts counts;

    /** @param unused what the metadata store says of segments that Druid does not show */
    public Agreement(DruidApi api, UnusedSegments unused, RowCounts counts) {
        this.api = api;
        this.unused = unused;
        this.counts = counts;
    }

    /** Throws what the API throws; a disagreement is a report, not a failure. */
    public AgreementReport compare(UsedSegments dump) {
        Expectation expectation = new Expectation(dump, Optional.empty(), true);
        ClusterState reading = new ClusterProbe(api, unused).take(expectation);
        SortedMap<String, DatasourceAgreement> datasources = new TreeMap<>();
        reading.matches()
                .forEach((name, match) -> datasources.put(
                        name,
                        new DatasourceAgreement(
                                match.expected(), match.known(), match.lost() + match.dropped(), match.newer())));
        for (String name : reading.strangers()) {
            datasources.put(
                    name,
                    new DatasourceAgreement(
                            0, 0, 0, reading.state().datasources().get(name).segments()));
        }
        List<String> vanishing = datasources.entrySet().stream()
                .filter(entry -> entry.getValue().vanished() > 0)
                .map(Map.Entry::getKey)
                .toList();
        AbsentSegments vanished = AbsentSegments.of(api, unused, expectation, vanishing);
        DruidState state = withOwnRows(reading, expectation);
        SortedMap<String, Counted> counted = counts.of(expectation);
        List<Reason> reasons = new ArrayList<>();
        expectation.incomplete().forEach(line -> reasons.add(Reason.partitions(line)));
        CountedRows.differences(counted).forEach(line -> reasons.add(Reason.rows(line)));
        return new AgreementReport(
                state.withCounted(counted), datasources, vanished.ids(), reasons, warnings(reading, datasources));
    }

    /** Rows of just the dump's segments: those that came later would make a restore look as if it lacked rows. */
    private DruidState withOwnRows(ClusterState reading, Expectation expectation) {
        SortedMap<String, DatasourceState> states = new TreeMap<>();
        reading.state()
                .datasources()
                .forEach((name, state) -> states.put(
                        name, state.withRows(rows(name, state, reading.matches().get(name), expectation))));
        return new DruidState(reading.state().version(), reading.state().modules(), states);
    }

    /** Empty when they are not known: newer segments that replace some of the dump may have other rows. */
    private Optional<Long> rows(String name, DatasourceState state, DatasourceMatch match, Expectation expectation) {
        boolean later = match == null;
        if (later
                || match.lost() + match.dropped() > 0
                || match.replaced() > 0
                || state.unavailable() > 0
                || state.rows().isEmpty()) {
            return Optional.empty();
        }
        if (match.newer() == 0) {
            return state.rows();
        }
        return api.sql().map(sql -> sql.rows(name, expectation.datasource(name).ids()::holds));
    }

    private static List<String> warnings(ClusterState reading, SortedMap<String, DatasourceAgreement> datasources) {
        List<String> warnings = new ArrayList<>();
        if (!reading.coordinatorLeads()) {
            warnings.add("no coordinator leads");
        }
        if (reading.overlord() == ClusterState.Overlord.ABSENT) {
            warnings.add("no overlord leads");
        }
        datasources.forEach((name, agreement) -> {
            if (agreement.vanished() > 0) {
                warnings.add(name + ": " + agreement.vanished() + " of " + agreement.dumped()
                        + " segments of the dump are not used any more");
            }
        });
        reading.state().datasources().forEach((name, state) -> {
            if (state.unavailable() > 0) {
                warnings.add(name + ": " + state.unavailable() + " of " + state.segments()
                        + " segments are not available in druid itself");
            }
        });
        return List.copyOf(warnings);
    }
}
