package dolmen.metadata;

import java.util.Optional;
import java.util.SortedMap;

/**
 * The objects of a database or a dump, each with a print of its content where that is known, and what the names of Druid's
 * tables begin with; empty without a table of segments.
 */
public record ObjectList(SortedMap<ForeignObject, Optional<String>> contents, Optional<String> prefix) {
    /** What the names of Druid's tables begin with, by the name of its table of segments: {@code druid_} of {@code druid_segments}. */
    public static String prefix(String segments) {
        return DruidTable.SEGMENTS.base(segments) + "_";
    }
}
