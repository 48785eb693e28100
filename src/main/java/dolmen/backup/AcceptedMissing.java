package dolmen.backup;

import dolmen.metadata.DruidMetadata;
import dolmen.model.StepFailure.Unusable;
import java.util.Set;
import java.util.TreeSet;

/** Checks the segments that a person accepts as lost for good, before a backup begins. */
public final class AcceptedMissing {
    private final DruidMetadata metadata;

    public AcceptedMissing(DruidMetadata metadata) {
        this.metadata = metadata;
    }

    /** Throws {@link Unusable} when one of them is no used segment: a mistyped id would excuse nothing, and nothing would say so. */
    public void requireUsed(Set<String> named) {
        if (named.isEmpty()) {
            return;
        }
        Set<String> unknown = new TreeSet<>(named);
        metadata.live().usedSegments((datasource, id) -> unknown.remove(id));
        if (!unknown.isEmpty()) {
            throw new Unusable(
                    "no used segment has the id " + String.join(", ", unknown),
                    "Name the ids as the backup that failed lists them. Nothing was begun.");
        }
    }
}
