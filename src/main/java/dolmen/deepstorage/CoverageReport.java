package dolmen.deepstorage;

import dolmen.model.Coverage;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The proof, and for each reason why segments are not held the number of them. */
public record CoverageReport(Coverage coverage, SortedMap<String, Long> reasons) {
    public CoverageReport {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    }
}
