package dolmen.settings;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known word that a mistyped one was most likely meant to be, by Levenshtein distance. */
public final class NearestWord {
    private NearestWord() {}

    /** The nearest of these words; there must be at least one. */
    public static String to(String typed, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(word -> distance(typed, word)))
                .orElseThrow();
    }

    /** How many letters must be changed, added or taken away to make the one word of the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int substitution = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(substitution, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
