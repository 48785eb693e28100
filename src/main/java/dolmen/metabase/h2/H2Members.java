package dolmen.metabase.h2;

import dolmen.model.StepFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The members of an archive that belong to Metabase's H2 database, by what follows the database's name
 * ({@code .mv.db}, ...). A script's archive holds a whole folder, such as all of {@code /tmp}: the rest is left out.
 */
record H2Members(Map<String, String> bySuffix) {
    /** The database's own member. */
    String database() {
        return bySuffix.get(H2Location.DATABASE);
    }

    /** All members, the database first. */
    List<String> names() {
        return H2Location.SUFFIXES.stream()
                .filter(bySuffix::containsKey)
                .map(bySuffix::get)
                .toList();
    }

    /** Throws {@code Damaged} when there is no database among the names, {@code Refused} when there are several. */
    static H2Members of(Set<String> names, String preferredBase) {
        List<String> databases = names.stream()
                .filter(name -> name.endsWith(H2Location.DATABASE) && !name.endsWith(".v1-backup.mv.db"))
                .toList();
        String chosen = chosen(databases, preferredBase);
        String stem = chosen.substring(0, chosen.length() - H2Location.DATABASE.length());
        return new H2Members(H2Location.SUFFIXES.stream()
                .filter(suffix -> names.contains(stem + suffix))
                .collect(Collectors.toMap(suffix -> suffix, suffix -> stem + suffix, (a, b) -> a, TreeMap::new)));
    }

    private static String chosen(List<String> databases, String preferredBase) {
        if (databases.isEmpty()) {
            throw new StepFailure.Damaged(
                    "the archive holds no H2 database (a file that ends with .mv.db)",
                    "Is it Metabase's archive? List it with 'tar tf'.");
        }
        // Metabase's image takes the file in the folder before the one beside it.
        return databases.stream()
                .filter(name -> name.endsWith("/" + preferredBase + H2Location.DATABASE)
                        || name.equals(preferredBase + H2Location.DATABASE))
                .max(Comparator.comparingLong(H2Members::depth))
                .orElseGet(() -> only(databases));
    }

    private static String only(List<String> databases) {
        if (databases.size() > 1) {
            throw new StepFailure.Refused(
                    "the archive holds several H2 databases: " + String.join(", ", databases),
                    "Pack the one that Metabase uses alone, and restore that archive.");
        }
        return databases.get(0);
    }

    private static long depth(String name) {
        return name.chars().filter(letter -> letter == '/').count();
    }
}
