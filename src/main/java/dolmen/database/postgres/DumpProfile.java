package dolmen.database.postgres;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whose database it is: the tables that it must hold, and whether it describes segments. */
public enum DumpProfile {
    /** Druid's metadata; the base of the names is a setting of Druid's, {@code druid} by default. */
    DRUID(List.of("_segments", "_rules", "_config", "_datasource", "_supervisors")),
    /** Metabase's application database. */
    METABASE(List.of("core_user", "databasechangelog"));

    private final List<String> required;

    DumpProfile(List<String> required) {
        this.required = required;
    }

    /** True when the database has a table of segments. */
    boolean hasSegments() {
        return this == DRUID;
    }

    /** The tables that are required and not there, by the names they would have. */
    SortedSet<String> missing(Collection<String> tables) {
        SortedSet<String> missing = new TreeSet<>();
        for (String name : required) {
            if (tables.stream().noneMatch(table -> hasSegments() ? table.endsWith(name) : table.equals(name))) {
                missing.add(hasSegments() ? base(tables) + name : name);
            }
        }
        return missing;
    }

    private static String base(Collection<String> tables) {
        return tables.stream()
                .filter(table -> table.endsWith("_segments"))
                .map(table -> table.substring(0, table.length() - "_segments".length()))
                .findFirst()
                .orElse("druid");
    }
}
