package dolmen.druid;

import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.UsedSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares the used segments of a fresh dump with what Druid's API says now. Segments that the API has beyond the dump
 * came later and are well; segments that it has not any more vanished since, and the caller decides by what the archive
 * holds.
 */
public final class Agreement {
    private final DruidApi api;

    public Agreement(DruidApi api) {
        this.api = api;
    }

    /** Throws what the API throws; a disagreement is a report, not a failure. */
    public AgreementReport compare(UsedSegments dump) {
        Expectation expectation = new Expectation(dump, Optional.empty(), true);
        Reading reading = new Survey(api).take(expectation);
        SortedMap<String, DatasourceAgreement> datasources = new TreeMap<>();
        reading.matches()
                .forEach((name, match) -> datasources.put(
                        name, new DatasourceAgreement(match.expected(), match.known(), match.absent(), match.newer())));
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
        SegmentList vanished = new SegmentList(api).absent(expectation, vanishing);
        DruidState state = withOwnRows(reading, expectation, datasources);
        return new AgreementReport(state, datasources, vanished.ids(), warnings(reading, datasources));
    }

    /** Rows of just the dump's segments: those that came later would make a restore look as if it lacked rows. */
    private DruidState withOwnRows(
            Reading reading, Expectation expectation, SortedMap<String, DatasourceAgreement> datasources) {
        SortedMap<String, DatasourceState> states = new TreeMap<>();
        reading.state()
                .datasources()
                .forEach((name, state) ->
                        states.put(name, state.withRows(rows(name, state, datasources.get(name), expectation))));
        return new DruidState(reading.state().version(), reading.state().modules(), states);
    }

    private Optional<Long> rows(
            String name, DatasourceState state, DatasourceAgreement agreement, Expectation expectation) {
        boolean later = agreement.dumped() == 0;
        if (later
                || agreement.vanished() > 0
                || state.unavailable() > 0
                || state.rows().isEmpty()) {
            return Optional.empty();
        }
        if (agreement.newer() == 0) {
            return state.rows();
        }
        if (state.overshadowed() > 0) {
            return Optional.empty();
        }
        return api.sql().map(sql -> sql.rows(name, expectation.ids(name)::holds));
    }

    private static List<String> warnings(Reading reading, SortedMap<String, DatasourceAgreement> datasources) {
        List<String> warnings = new ArrayList<>();
        if (!reading.coordinatorLeads()) {
            warnings.add("no coordinator leads");
        }
        if (reading.overlord() == Reading.Overlord.ABSENT) {
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
