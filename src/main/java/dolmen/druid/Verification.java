package dolmen.druid;

import dolmen.model.DruidState;
import dolmen.model.StepFailure;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The verdict on a stack: whether it serves what is expected, the last state that its API told (empty when it told
 * none), each expected datasource, what is wrong (empty when it serves), and remarks that do not change the verdict.
 */
public record Verification(
        boolean served,
        Optional<DruidState> state,
        SortedMap<String, DatasourceMatch> datasources,
        List<ServingProblem> findings,
        List<String> warnings) {
    public Verification {
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
        findings = List.copyOf(findings);
        warnings = List.copyOf(warnings);
    }

    /**
     * The failure that ends a run with this verdict; empty when the stack serves. {@code Incomplete} when segments are
     * missing and the metadata is there.
     */
    public Optional<StepFailure> failure() {
        if (served) {
            return Optional.empty();
        }
        String message = findings.stream()
                .map(finding -> finding.problem().words() + ": " + finding.message())
                .collect(Collectors.joining("; "));
        String hint = findings.stream().map(ServingProblem::hint).distinct().collect(Collectors.joining(" "));
        if (has(Problem.SEGMENTS_MISSING) && !has(Problem.METADATA_NOT_RESTORED)) {
            return Optional.of(new StepFailure.Incomplete(message, hint));
        }
        return Optional.of(new StepFailure.Failed(message, hint));
    }

    /** True when one of the findings is this problem. */
    public boolean has(Problem problem) {
        return findings.stream().anyMatch(finding -> finding.problem() == problem);
    }
}
