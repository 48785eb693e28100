package dolmen.database.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares the rows of tables as they should be with what is there, in both directions. */
final class RowComparison {
    private static final int LISTED = 10;

    private RowComparison() {}

    /** What differs, one clause for each table, the first ten; empty when nothing does. */
    static List<String> differences(SortedMap<String, Long> expected, SortedMap<String, Long> found) {
        SortedSet<String> tables = new TreeSet<>(expected.keySet());
        tables.addAll(found.keySet());
        List<String> differences = new ArrayList<>();
        for (String table : tables) {
            if (!found.containsKey(table)) {
                differences.add(table + " is missing");
            } else if (!expected.containsKey(table)) {
                differences.add(table + " is not in the dump but has " + found.get(table) + " rows");
            } else if (!expected.get(table).equals(found.get(table))) {
                differences.add(table + " has " + found.get(table) + " rows instead of " + expected.get(table));
            }
        }
        if (differences.size() <= LISTED) {
            return differences;
        }
        List<String> first = new ArrayList<>(differences.subList(0, LISTED));
        first.add("and " + (differences.size() - LISTED) + " more");
        return first;
    }
}
