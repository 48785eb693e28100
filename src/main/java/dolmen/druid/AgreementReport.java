package dolmen.druid;

import dolmen.model.DruidState;
import dolmen.model.Reason;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a dump and Druid's API agree: what the API says (rows for just the dump's segments, where that can be told), the
 * numbers per datasource, the ids that vanished since the dump (at most {@link dolmen.model.Coverage#LISTED}), and
 * warnings; reasons are for suspecting that Druid does not serve all that the dump uses.
 */
public record AgreementReport(
        DruidState state,
        SortedMap<String, DatasourceAgreement> datasources,
        List<String> vanishedIds,
        List<Reason> reasons,
        List<String> warnings) {
    public AgreementReport {
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
        vanishedIds = List.copyOf(vanishedIds);
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
    }

    /** True when the API still uses every segment that the dump uses, overshadowed ones left out. */
    public boolean agrees() {
        return vanished() == 0;
    }

    public long vanished() {
        return datasources.values().stream()
                .mapToLong(DatasourceAgreement::vanished)
                .sum();
    }

    public long newer() {
        return datasources.values().stream()
                .mapToLong(DatasourceAgreement::newer)
                .sum();
    }
}
