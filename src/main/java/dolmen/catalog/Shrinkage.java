package dolmen.catalog;

import dolmen.model.Artifact;
import dolmen.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a new backup holds much less of than the last good one, as warnings: an empty or a half-lost source makes a dump
 * that is whole all the same.
 */
public final class Shrinkage {
    /** A number that is less than the earlier one divided by this is warned of. */
    private static final int FACTOR = 2;

    /** Tables that Druid itself empties from time to time. */
    private static final Pattern EMPTIED_BY_DRUID =
            Pattern.compile("(?i).*_(tasks|tasklogs|tasklocks|audit|pendingsegments)");

    private Shrinkage() {}

    /** The warnings; without an earlier backup only for a backup of nothing. */
    public static List<String> warnings(Optional<Manifest> before, Manifest now) {
        List<String> warnings = new ArrayList<>();
        if (segments(now) == 0) {
            warnings.add("the metadata has no used segment: a restore of this backup shows no data");
        }
        before.ifPresent(earlier -> {
            String than = " the last good backup " + earlier.label() + " has ";
            warnIfMuchLess(warnings, "used segments", segments(now), segments(earlier), than);
            earlier.datasources().forEach((name, had) -> {
                if (!now.datasources().containsKey(name)) {
                    warnings.add("datasource " + name + " has no used segment," + than + had.segments());
                }
            });
            earlier.tables().forEach((table, rows) -> {
                if (!EMPTIED_BY_DRUID.matcher(table).matches()) {
                    warnIfMuchLess(warnings, "rows of " + table, now.tables().getOrDefault(table, 0L), rows, than);
                }
            });
            warnIfMuchLess(
                    warnings,
                    "bytes of " + Artifact.METADATA_DUMP,
                    bytes(now, Artifact.METADATA_DUMP),
                    bytes(earlier, Artifact.METADATA_DUMP),
                    than);
            warnIfMuchLess(warnings, "bytes of segments", now.segmentBytes(), earlier.segmentBytes(), than);
        });
        return warnings;
    }

    private static void warnIfMuchLess(List<String> warnings, String what, long now, long before, String than) {
        if (now * FACTOR < before) {
            warnings.add("only " + now + " " + what + "," + than + before);
        }
    }

    private static long segments(Manifest manifest) {
        return manifest.datasources().values().stream()
                .mapToLong(datasource -> datasource.segments())
                .sum();
    }

    private static long bytes(Manifest manifest, String name) {
        return manifest.artifact(name).map(Artifact::bytes).orElse(0L);
    }
}
